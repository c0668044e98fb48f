package io.chatcluster.operator.status;

import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.HttpTimeoutException;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Calls of chat pods, any number beside each other. What runs there may be anything: no pod takes more than a moment, nor more than a little memory. */
public final class PodCalls implements AutoCloseable {
    private static final Duration TIMEOUT = Duration.ofSeconds(3);
    private static final int MOST_AT_ONCE = 64;
    private static final long ANSWER_BYTES_MAX = 64 * 1024;

    private final HttpClient http =
            HttpClient.newBuilder().connectTimeout(TIMEOUT).build();
    private final ExecutorService threads = Executors.newThreadPerTaskExecutor(
            // Not in the name of the ChatCluster whose reconciliation happened to start it.
            Thread.ofVirtual()
                    .name("pod-calls-", 0)
                    .inheritInheritableThreadLocals(false)
                    .factory());
    private final Semaphore places = new Semaphore(MOST_AT_ONCE);

    /** Runs what makes calls and waits for them. */
    public Future<?> start(Runnable calls) {
        return threads.submit(calls);
    }

    /** The answer. An exception where there is none in time, or one that is too long. */
    public HttpResponse<byte[]> answer(HttpRequest request) throws IOException, InterruptedException {
        places.acquire();
        try {
            var exchange = http.sendAsync(request, BodyHandlers.limiting(BodyHandlers.ofByteArray(), ANSWER_BYTES_MAX));
            try {
                // The client's own timeout is met by the headers, however long the rest takes.
                return exchange.get(TIMEOUT.toMillis(), TimeUnit.MILLISECONDS);
            } catch (TimeoutException e) {
                throw new HttpTimeoutException("no whole answer within " + TIMEOUT);
            } catch (ExecutionException e) {
                throw new IOException(e.getCause());
            } finally {
                exchange.cancel(true);
            }
        } finally {
            places.release();
        }
    }

    @Override
    public void close() {
        threads.shutdownNow();
        http.shutdownNow();
    }
}
