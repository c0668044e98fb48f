package io.chatcluster.chat.delivery;

import io.chatcluster.chat.protocol.ChatException;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicBoolean;
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
    private final AtomicBoolean running = new AtomicBoolean();

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
        wake();
    }

    /** Runs the task now unless others are before it; it must not block. */
    void executeAtOnce(Runnable task) {
        if (!tasks.isEmpty() || !running.compareAndSet(false, true)) {
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
            rest();
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

    private void wake() {
        if (running.compareAndSet(false, true)) {
            Thread.ofVirtual().name(kind).start(this::run);
        }
    }

    private void run() {
        try {
            for (Runnable task = tasks.poll(); task != null; task = tasks.poll()) {
                run(task);
            }
        } finally {
            rest();
        }
    }

    private void run(Runnable task) {
        try {
            task.run();
        } catch (RuntimeException e) {
            LOG.errorf(e, "%s of %s: a task failed", kind, owner);
        }
    }

    private void rest() {
        running.set(false);
        // What was added after the last look and before `running` was given back woke nobody.
        if (!tasks.isEmpty()) {
            wake();
        }
    }
}
