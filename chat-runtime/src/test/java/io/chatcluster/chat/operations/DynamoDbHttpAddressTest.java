package io.chatcluster.chat.operations;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import io.chatcluster.chat.operations.DynamoDbAttempts.Outcome;
import io.chatcluster.chat.services.JsonServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Where DynamoDB is asked when its name means another address than before. */
class DynamoDbHttpAddressTest extends DynamoDbHttpBatches {

    private static final Outcome APPLIED = new Outcome.Applied();
    private static final Outcome UNKNOWN = new Outcome.Unknown();

    private final List<String> asked = new CopyOnWriteArrayList<>();
    private final AtomicLong nanoTime = new AtomicLong(System.nanoTime());
    private JsonServer former;
    private JsonServer latter;
    private DynamoDbHttpAttempts attempts;
    private volatile @Nullable JsonServer meant;

    @BeforeEach
    void start() throws IOException {
        former = server("127.0.0.1", 0);
        int port = former.address().getPort();
        latter = server("127.0.0.2", port);
        meant = former;
        attempts = attempts(URI.create("http://dynamodb.test:" + port), this::address, nanoTime::get);
    }

    @AfterEach
    void stop() {
        former.close();
        latter.close();
    }

    @Test
    void shouldStayWithAnAddressThatAnswers() {
        // Given
        Outcome before = put();

        // When
        meant = latter;
        pass(DynamoDbWay.ADDRESS_KEPT.minusSeconds(1));
        Outcome after = put();

        // Then
        assertThat(List.of(before, after)).containsOnly(APPLIED);
        assertThat(asked).containsExactly("127.0.0.1", "127.0.0.1");
    }

    @Test
    void shouldGoToTheAddressThatTheNameMeansAfterAWhile() {
        // Given
        Outcome before = put();

        // When
        meant = latter;
        pass(DynamoDbWay.ADDRESS_KEPT);
        Outcome after = put();

        // Then
        assertThat(List.of(before, after)).containsOnly(APPLIED);
        assertThat(asked).containsExactly("127.0.0.1", "127.0.0.2");
    }

    @Test
    void shouldGoToTheAddressThatTheNameMeansWhenNobodyAnswersAtTheFormer() {
        // Given
        Outcome before = put();

        // When
        meant = latter;
        former.close();
        Outcome lost = put();
        boolean triedAtOnce = attempts.tryPut(put("messages"), outcome -> {});
        Outcome after = put();

        // Then
        assertThat(List.of(before, lost, after)).containsExactly(APPLIED, UNKNOWN, APPLIED);
        assertThat(triedAtOnce).isFalse();
        assertThat(asked).containsExactly("127.0.0.1", "127.0.0.2");
    }

    @Test
    void shouldStayWithAnAddressThatAnswersWhileTheNameMeansNone() {
        // Given
        Outcome before = put();

        // When
        meant = null;
        pass(DynamoDbWay.FRESH);
        Outcome after = put();

        // Then
        assertThat(List.of(before, after)).containsOnly(APPLIED);
    }

    @Test
    void shouldKnowNothingUntilTheNameMeansAnAddress() {
        // Given
        meant = null;
        Outcome before = put();

        // When
        meant = latter;
        Outcome after = put();

        // Then
        assertThat(List.of(before, after)).containsExactly(UNKNOWN, APPLIED);
        assertThat(asked).containsExactly("127.0.0.2");
    }

    private Outcome put() {
        return attempts.put(put("messages"));
    }

    private void pass(Duration time) {
        nanoTime.addAndGet(time.toNanos());
    }

    private InetAddress address(String name) throws UnknownHostException {
        JsonServer server = meant;
        if (server == null) {
            throw new UnknownHostException(name);
        }
        return InetAddress.getByName(server.address().getHost());
    }

    private JsonServer server(String address, int port) throws UnknownHostException {
        return new JsonServer(new InetSocketAddress(InetAddress.getByName(address), port))
                .on("/", exchange -> answer(exchange, address));
    }

    private void answer(HttpExchange exchange, String address) throws IOException {
        asked.add(address);
        try (exchange) {
            exchange.getResponseHeaders().set("Content-Type", "application/x-amz-json-1.0");
            exchange.sendResponseHeaders(200, 2);
            exchange.getResponseBody().write(new byte[] {'{', '}'});
        }
    }
}
