package io.chatcluster.chat.message;

import io.chatcluster.chat.media.Removals;
import io.chatcluster.chat.protocol.ChatException;
import io.chatcluster.chat.room.RoomId;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Set;
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
    /** By so much may the clocks of two pods differ. */
    private static final Duration CLOCKS_DIFFER = Duration.ofMinutes(1);

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
     * @param moved the files that stay for the sake of this message, complete once it has ended
     * @param begun when none of them was of use to any message yet
     */
    CompletionStage<Ack> removedAfter(
            CompletionStage<Ack> append, RoomId room, Collection<String> moved, Instant begun) {
        // The append may end on an event loop.
        return append.whenCompleteAsync(
                (ack, failure) -> {
                    if (!moved.isEmpty() && (ack == null ? refused(failure) : ack.duplicate())) {
                        remove(room, List.copyOf(moved), begun);
                    }
                },
                THREADS);
    }

    /** Leaves those that a message has after all: this one, sent twice at once, or another with the same file. */
    private void remove(RoomId room, List<String> ids, Instant begun) {
        try {
            Set<String> used =
                    history.attachmentsSince(room, begun.minus(CLOCKS_DIFFER).toEpochMilli());
            List<String> unused = ids.stream().filter(id -> !used.contains(id)).toList();
            if (!unused.isEmpty()) {
                removals.remove(room, unused);
            }
        } catch (RuntimeException e) {
            // Not what the sender waits for.
            LOG.warnf("Files %s that no message of room %s has stay in the store: %s", ids, room, e.getMessage());
        }
    }

    /** What may succeed later is sent again with the same files, and may even be in the log. */
    private static boolean refused(@Nullable Throwable failure) {
        Throwable cause = failure instanceof CompletionException ? failure.getCause() : failure;
        return cause instanceof ChatException refusal && !refusal.code().retryable();
    }
}
