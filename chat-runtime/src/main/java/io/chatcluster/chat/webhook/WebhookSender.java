package io.chatcluster.chat.webhook;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.HttpTimeoutException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Makes one signed request. */
final class WebhookSender implements AutoCloseable {
    static final String DELIVERY = "ChatCluster-Delivery";
    static final String TIMESTAMP = "ChatCluster-Timestamp";
    static final String SIGNATURE = "ChatCluster-Signature";

    private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(3);
    private static final Duration TIMEOUT = Duration.ofSeconds(10);

    private final HttpClient http = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .followRedirects(HttpClient.Redirect.NEVER)
            .connectTimeout(CONNECT_TIMEOUT)
            .build();
    private final URI url;
    private final WebhookSignature signature;
    private final Duration timeout;

    WebhookSender(URI url, WebhookSignature signature) {
        this(url, signature, TIMEOUT);
    }

    /** @param timeout until when a request must be answered */
    WebhookSender(URI url, WebhookSignature signature, Duration timeout) {
        this.url = url;
        this.signature = signature;
        this.timeout = timeout;
    }

    /**
     * Posts the body and waits for the answer.
     *
     * @param delivery the same for every attempt to send this body
     * @throws IOException when the answer is anything but a 2xx status, or does not come
     */
    void send(String delivery, byte[] body) throws IOException, InterruptedException {
        long timestamp = System.currentTimeMillis() / 1_000;
        HttpRequest request = HttpRequest.newBuilder(url)
                .header("Content-Type", "application/json")
                .header(DELIVERY, delivery)
                .header(TIMESTAMP, Long.toString(timestamp))
                .header(SIGNATURE, "v1=" + signature.of(timestamp, body))
                .POST(BodyPublishers.ofByteArray(body))
                .build();
        int status = answer(request).statusCode();
        if (status / 100 != 2) {
            throw new IOException("status " + status);
        }
    }

    /** The request's own timeout ends with the head of the answer: whoever is slow with the rest must not hold up the lane. */
    private HttpResponse<Void> answer(HttpRequest request) throws IOException, InterruptedException {
        CompletableFuture<HttpResponse<Void>> answer = http.sendAsync(request, BodyHandlers.discarding());
        try {
            return answer.get(timeout.toNanos(), TimeUnit.NANOSECONDS);
        } catch (TimeoutException late) {
            throw new HttpTimeoutException("no whole answer within " + timeout.toSeconds() + " s");
        } catch (ExecutionException failure) {
            throw failure.getCause() instanceof IOException cause ? cause : new IOException(failure.getCause());
        } finally {
            answer.cancel(true);
        }
    }

    @Override
    public void close() {
        http.shutdownNow();
    }
}
