package io.chatcluster.chat.webhook;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;

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

    WebhookSender(URI url, WebhookSignature signature) {
        this.url = url;
        this.signature = signature;
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
                .timeout(TIMEOUT)
                .header("Content-Type", "application/json")
                .header(DELIVERY, delivery)
                .header(TIMESTAMP, Long.toString(timestamp))
                .header(SIGNATURE, "v1=" + signature.of(timestamp, body))
                .POST(BodyPublishers.ofByteArray(body))
                .build();
        HttpResponse<Void> response = http.send(request, BodyHandlers.discarding());
        if (response.statusCode() / 100 != 2) {
            throw new IOException("status " + response.statusCode());
        }
    }

    @Override
    public void close() {
        http.shutdownNow();
    }
}
