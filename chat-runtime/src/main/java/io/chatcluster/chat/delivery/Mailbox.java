package io.chatcluster.chat.delivery;

import io.chatcluster.chat.operations.WorkInProgress;
import io.chatcluster.chat.protocol.ChatException;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executor;
import java.util.function.Supplier;
import org.jboss.logging.Logger;

/**
 * Runs tasks one at a time, in order: on a virtual thread that exists only while there are any, or, those that do not block, on the
 * thread that brings them.
 */
final class Mailbox implements Executor {

    private static final Logger LOG = Logger.getLogger(Mailbox.class);

    private final String kind;
    private final Object owner;
    private final Queue<Runnable> tasks = new ConcurrentLinkedQueue<>();
    private final WorkInProgress work = new WorkInProgress(() -> !tasks.isEmpty(), this::start);

    /**
     * @param kind what its threads are called
     * @param owner whose tasks it runs
     */
    Mailbox(String kind, Object owner) {
        this.kind = kind;
        this.owner = owner;
    }

    @Override
    public void execute(Runnable task) {
        tasks.add(task);
        work.wake();
    }

    /** Runs the task now unless others are before it; it must not block. */
    void executeAtOnce(Runnable task) {
        if (!tasks.isEmpty() || !work.begin()) {
            execute(task);
            return;
        }
        try {
            if (tasks.isEmpty()) {
                run(task);
            } else {
                tasks.add(task);
            }
        } finally {
            work.end();
        }
    }

    /** Blocks until the task has been run; throws what it threw when that is a {@link ChatException}. */
    <T> T await(Supplier<T> task) {
        return join(CompletableFuture.supplyAsync(task, this));
    }

    /** Blocks until it is there; throws what it failed with when that is a {@link ChatException}. */
    static <T> T join(CompletableFuture<T> future) {
        try {
            return future.join();
        } catch (CompletionException e) {
            throw e.getCause() instanceof ChatException failure ? failure : e;
        }
    }

    private void start() {
        Thread.ofVirtual().name(kind).start(this::run);
    }

    private void run() {
        try {
            for (Runnable task = tasks.poll(); task != null; task = tasks.poll()) {
                run(task);
            }
        } finally {
            work.end();
        }
    }

    private void run(Runnable task) {
        try {
            task.run();
        } catch (RuntimeException e) {
            LOG.errorf(e, "%s of %s: a task failed", kind, owner);
        }
    }
}
