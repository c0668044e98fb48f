package io.chatcluster.chat.session;

import static io.chatcluster.chat.services.Patience.await;
import static io.chatcluster.chat.session.ChatClient.object;
import static io.chatcluster.chat.session.ChatFixture.base;
import static io.chatcluster.chat.session.ChatFixture.group;
import static io.chatcluster.chat.session.ChatFixture.token;
import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.junit.QuarkusTest;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jboss.logmanager.ExtLogRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What a running pod tells those who operate it, and what it does not. */
@QuarkusTest
class OperationsTest {
    @ConfigProperty(name = "quarkus.management.test-port", defaultValue = "9001")
    int managementPort;

    @RegisterExtension
    final ChatFixture chat = new ChatFixture();

    @Test
    void shouldCountCommandsByOutcomeAndTheirTime() {
        // Given
        String room = group(chat.alice, chat.bob);
        double sends = metric("chat_commands_seconds_count{command=\"send\",outcome=\"ok\"}");
        double refused = metric("chat_commands_seconds_count{command=\"send\",outcome=\"not_found\"}");

        // When
        try (ChatClient client = chat.connected(chat.alice)) {
            client.reply(client.startSend(room, "c1", "one"));
            client.reply(client.startSend(room, "c2", "two"));
            client.reply(client.startSend("g.none", "c3", "three"));
        }

        // Then
        await().untilAsserted(() -> {
            assertThat(metric("chat_commands_seconds_count{command=\"send\",outcome=\"ok\"}"))
                    .isEqualTo(sends + 2);
            assertThat(metric("chat_commands_seconds_count{command=\"send\",outcome=\"not_found\"}"))
                    .isEqualTo(refused + 1);
        });
        assertThat(metric("chat_commands_seconds_bucket{command=\"send\",outcome=\"ok\",le=\"+Inf\"}"))
                .isEqualTo(sends + 2);
    }

    @Test
    void shouldCountEachDeliveryToEachConnectionAndItsLatency() {
        // Given
        String room = group(chat.alice, chat.bob);
        try (ChatClient sender = chat.connected(chat.alice);
                ChatClient other = chat.connected(chat.bob)) {
            double deliveries = metric("chat_deliveries_total");
            double samples = metric("chat_delivery_latency_seconds_count");

            // When
            sender.reply(sender.startSend(room, "c1", "one"));
            other.awaitEvents(room, 1);
            sender.awaitEvents(room, 1);

            // Then
            await().untilAsserted(() -> {
                assertThat(metric("chat_deliveries_total")).isEqualTo(deliveries + 2);
                assertThat(metric("chat_delivery_latency_seconds_count")).isEqualTo(samples + 1);
            });
        }
    }

    @Test
    void shouldCountConnectionsSocketsAndWhyTheyWereClosed() {
        // Given
        await().until(() -> metric("chat_sockets ") == 0);
        double refused = metric("chat_closes_total{reason=\"unauthenticated\"}");
        double admitted = metric("chat_upgrades_total{decision=\"admitted\"}");

        // When
        try (ChatClient live = chat.connected(chat.alice);
                ChatClient unknown = chat.opened()) {
            // Then
            assertThat(live.received().getFirst().has("connect")).isTrue();
            await().untilAsserted(() -> {
                assertThat(metric("chat_connections ")).isEqualTo(1);
                assertThat(metric("chat_sockets ")).isEqualTo(2);
                assertThat(metric("chat_upgrades_total{decision=\"admitted\"}")).isEqualTo(admitted + 2);
                assertThat(metric("chat_outbox_chars ")).isZero();
            });

            // When
            unknown.request("connect", object().put("token", "nonsense"));
            unknown.awaitClose();

            // Then
            await().until(() -> metric("chat_sockets ") == 1);
            assertThat(metric("chat_closes_total{reason=\"unauthenticated\"}")).isEqualTo(refused + 1);
            assertThat(live.request("ping", object()).has("ping")).isTrue();
        }
        await().until(() -> metric("chat_connections ") == 0);
    }

    @Test
    void shouldShowWhatWaitsForAConnectionThatDoesNotRead() {
        // Given
        String room = group(chat.alice, chat.bob);
        String text = "x".repeat(60_000);
        try (ChatClient sender = chat.connected(chat.alice);
                RawSocket slow = RawSocket.connected(base(), token(chat.bob))) {

            // When
            int sent = 0;
            while (metric("chat_outbox_chars_max ") < text.length() && sent < 1_000) {
                sent++;
                sender.reply(sender.startSend(room, "c" + sent, text));
                sender.awaitEvents(room, sent);
            }

            // Then
            assertThat(slow).isNotNull();
            assertThat(metric("chat_outbox_chars_max ")).isGreaterThanOrEqualTo(text.length());
            assertThat(metric("chat_outbox_chars ")).isGreaterThanOrEqualTo(text.length());
        }
        await().until(() -> metric("chat_outbox_chars ") == 0);
    }

    @Test
    void shouldLogNeitherTextsNorTokens() {
        // Given
        List<String> logged = new CopyOnWriteArrayList<>();
        Handler handler = new Recording(logged);
        Logger logger = Logger.getLogger("io.chatcluster");
        Level before = logger.getLevel();
        logger.setLevel(Level.ALL);
        logger.addHandler(handler);
        String token = token(chat.alice);
        String secret = "secret-" + UUID.randomUUID();

        // When
        try {
            String room = group(chat.alice, chat.bob);
            try (ChatClient client = ChatClient.connected(base(), token)) {
                client.reply(client.startSend(room, "c1", secret));
                client.reply(client.startSend("g.none", "c2", secret));
                client.request("connect", object().put("token", token));
                client.request("refresh", object().put("token", token));
                client.sendText("{\"id\":9,\"send\":{\"text\":\"" + secret + "\"");
                client.awaitFrame(frame -> frame.at("/error/message").asText().contains("JSON"));
            }
            try (ChatClient client = chat.opened()) {
                client.request("connect", object().put("token", token + "x"));
            }
            logger.fine("the end");
        } finally {
            logger.removeHandler(handler);
            logger.setLevel(before);
        }

        // Then
        assertThat(logged).contains("the end").noneMatch(line -> line.contains(secret) || line.contains(token));
    }

    private double metric(String start) {
        return ScrapedMetrics.sum(managementPort, start);
    }

    private static final class Recording extends Handler {
        private final List<String> lines;

        Recording(List<String> lines) {
            this.lines = lines;
            setLevel(Level.ALL);
        }

        @Override
        public void publish(LogRecord entry) {
            String line = entry instanceof ExtLogRecord extended ? extended.getFormattedMessage() : entry.getMessage();
            Throwable thrown = entry.getThrown();
            lines.add(thrown == null ? line : line + ' ' + thrown);
        }

        @Override
        public void flush() {
            // Nothing waits.
        }

        @Override
        public void close() {
            // Nothing is open.
        }
    }
}
