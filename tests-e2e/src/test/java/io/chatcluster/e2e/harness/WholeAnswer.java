package io.chatcluster.e2e.harness;

import java.io.IOException;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** An answer that is waited for to its end: a request's own timeout is met by the head, and a pod may be killed after that. */
final class WholeAnswer {
    private WholeAnswer() {}

    /** @throws IOException when it does not come, or not all of it within {@code limit} */
    static <T> HttpResponse<T> of(CompletableFuture<HttpResponse<T>> answer, Duration limit) throws IOException {
        try {
            return answer.get(limit.toSeconds(), TimeUnit.SECONDS);
        } catch (ExecutionException | TimeoutException e) {
            throw new IOException("no answer within " + limit.toSeconds() + " s", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError("interrupted", e);
        } finally {
            answer.cancel(true);
        }
    }
}
