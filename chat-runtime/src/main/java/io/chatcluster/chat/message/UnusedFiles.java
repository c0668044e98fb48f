package io.chatcluster.chat.message;

import io.chatcluster.chat.media.Removals;
import io.chatcluster.chat.protocol.ChatException;
import io.chatcluster.chat.room.RoomId;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.List;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Takes files away that stay in the store for a message which is not in the log in the end: no message would ever lead to them, to get
 * or to delete them.
 */
@ApplicationScoped
public class UnusedFiles {

    private static final Logger LOG = Logger.getLogger(UnusedFiles.class);
    private static final Executor THREADS =
            task -> Thread.ofVirtual().name("unused-files").start(task);

    private final History history;
    private final Removals removals;

    @Inject
    public UnusedFiles(History history, Removals removals) {
        this.history = history;
        this.removals = removals;
    }

    /**
     * Ends as the append does, after what it leaves unused was removed. Never blocks.
     *
     * @param ids the files that stay for the sake of this message alone
     */
    CompletionStage<Ack> removedAfter(CompletionStage<Ack> append, RoomId room, List<String> ids) {
        return ids.isEmpty()
                ? append
                // The append may end on an event loop.
                : append.whenCompleteAsync((ack, failure) -> remove(room, ids, ack, failure), THREADS);
    }

    private void remove(RoomId room, List<String> ids, @Nullable Ack ack, @Nullable Throwable failure) {
        try {
            List<String> unused = unused(room, ids, ack, failure);
            if (!unused.isEmpty()) {
                removals.remove(room, unused);
            }
        } catch (RuntimeException e) {
            // Not what the sender waits for.
            LOG.warnf("Files %s that no message of room %s has stay in the store: %s", ids, room, e.getMessage());
        }
    }

    private List<String> unused(RoomId room, List<String> ids, @Nullable Ack ack, @Nullable Throwable failure) {
        if (ack == null) {
            return refused(failure) ? ids : List.of();
        }
        if (!ack.duplicate()) {
            return List.of();
        }
        // Mostly another message; but it is this one where the log's first answer was lost, or where it was sent twice
        // at once.
        return history.event(room, ack.seq())
                .map(stored -> EventBody.attachments(stored.body()))
                .map(used -> ids.stream().filter(id -> !used.contains(id)).toList())
                .orElse(List.of());
    }

    /** What may succeed later is sent again with the same files, and may even be in the log. */
    private static boolean refused(@Nullable Throwable failure) {
        Throwable cause = failure instanceof CompletionException ? failure.getCause() : failure;
        return cause instanceof ChatException refusal && !refusal.code().retryable();
    }
}
