package io.chatcluster.chat.room;

import java.util.Collection;
import java.util.List;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import java.util.function.Consumer;
import java.util.function.Function;

/** Many blocking calls at a time, on virtual threads, but never more than the store should see from one request. */
public final class Concurrently {

    private static final int AT_ONCE = 16;

    private Concurrently() {}

    public static <T> void forEach(Collection<T> inputs, Consumer<T> action) {
        var unused = map(inputs, input -> {
            action.accept(input);
            return true;
        });
    }

    /** The results in the inputs' order; the first failure, when all are done. */
    public static <T, R> List<R> map(Collection<T> inputs, Function<T, R> function) {
        Semaphore permits = new Semaphore(AT_ONCE);
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<R>> results = inputs.stream()
                    .map(input -> threads.submit(() -> {
                        permits.acquire();
                        try {
                            return function.apply(input);
                        } finally {
                            permits.release();
                        }
                    }))
                    .toList();
            return results.stream().map(Concurrently::result).toList();
        }
    }

    private static <R> R result(Future<R> future) {
        try {
            return future.get();
        } catch (ExecutionException e) {
            throw e.getCause() instanceof RuntimeException failure ? failure : new CompletionException(e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CompletionException(e);
        }
    }
}
