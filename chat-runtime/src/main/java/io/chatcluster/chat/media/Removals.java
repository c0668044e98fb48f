package io.chatcluster.chat.media;

import io.chatcluster.chat.protocol.ChatException;
import io.chatcluster.chat.room.Concurrently;
import io.chatcluster.chat.room.RoomFiles;
import io.chatcluster.chat.room.RoomId;
import io.quarkus.runtime.StartupEvent;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import org.jboss.logging.Logger;

/**
 * Takes the files of deleted messages and rooms away: from everybody's reach at once, and out of the store as soon as that answers.
 * What is left to delete is noted beside the messages, where every pod finds it.
 */
@ApplicationScoped
public class Removals implements RoomFiles {

    private static final Logger LOG = Logger.getLogger(Removals.class);
    private static final Duration PERIOD = Duration.ofMinutes(1);
    private static final int AT_A_TIME = 100;
    /** What was being sent while its room went is in the store by then. */
    private static final Duration SECOND_LOOK = Duration.ofHours(1);

    private final AttachmentStore attachments;
    private final MediaStore store;
    private final ScheduledExecutorService sweeper = Executors.newSingleThreadScheduledExecutor(
            Thread.ofVirtual().name("attachment-removals").factory());
    private final ExecutorService soon = Executors.newVirtualThreadPerTaskExecutor();

    @Inject
    public Removals(AttachmentStore attachments, MediaStore store) {
        this.attachments = attachments;
        this.store = store;
    }

    void start(@Observes StartupEvent event) {
        // Not all pods at once.
        long jitter = ThreadLocalRandom.current().nextLong(PERIOD.toMillis());
        var unused = sweeper.scheduleWithFixedDelay(this::sweep, jitter, PERIOD.toMillis(), TimeUnit.MILLISECONDS);
    }

    /**
     * From when this returns nobody can get the files. Blocks; repeating it does no harm.
     *
     * @param ids as messages name their attachments
     * @throws ChatException {@code unavailable} when that cannot be noted
     */
    public void remove(RoomId room, List<String> ids) {
        List<RemovedObject> removed = ids.stream()
                .flatMap(id -> AttachmentId.parse(id).stream())
                .map(id -> new RemovedObject(room, id))
                .toList();
        removed.forEach(attachments::remove);
        startSoon(() -> removed.forEach(this::delete));
    }

    @Override
    public void removeAll(RoomId room) {
        Instant now = Instant.now();
        var unused = attachments.removeAll(room, now.plus(SECOND_LOOK));
        RemovedRoom removed = attachments.removeAll(room, now);
        startSoon(() -> deleteAll(removed));
    }

    private void startSoon(Runnable removal) {
        soon.execute(() -> {
            try {
                removal.run();
            } catch (RuntimeException e) {
                // Nobody waits who could be told.
                LOG.warnf(e, "Files are left for the next look");
            }
        });
    }

    /** Deletes what is left to delete. */
    public void sweep() {
        sweep(Instant.now());
    }

    /** Deletes what is left to delete by then. */
    public void sweep(Instant asOf) {
        try {
            attachments.removed(AT_A_TIME).forEach(this::delete);
            attachments.removedRooms(asOf, AT_A_TIME).forEach(this::deleteAll);
        } catch (RuntimeException e) {
            // An exception that leaves a scheduled task ends it for good.
            LOG.warnf("Files of deleted messages and rooms are left for the next look: %s", e.getMessage());
        }
    }

    private void deleteAll(RemovedRoom removed) {
        try {
            store.objects(
                    removed.room(),
                    objects -> Concurrently.forEach(objects, object -> {
                        attachments.remove(object);
                        deleteNow(object);
                    }));
            attachments.deleted(removed);
        } catch (ChatException e) {
            LOG.warnf("The files of room %s are deleted later: %s", removed.room(), e.getMessage());
        }
    }

    private void delete(RemovedObject object) {
        try {
            deleteNow(object);
        } catch (ChatException e) {
            LOG.warnf("The object of attachment %s is deleted later: %s", object.id(), e.getMessage());
        }
    }

    private void deleteNow(RemovedObject object) {
        store.delete(object);
        attachments.deleted(object);
    }

    /** Leaves what is not deleted yet to the other pods' next look. */
    @PreDestroy
    public void close() {
        sweeper.shutdownNow();
        soon.shutdownNow();
        soon.close();
    }
}
