package io.chatcluster.chat.webhook;

import static io.chatcluster.chat.services.Patience.await;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.chatcluster.chat.message.Batch;
import io.chatcluster.chat.operations.ChatConfig;
import io.chatcluster.chat.room.RoomId;
import io.chatcluster.chat.services.Settings;
import io.chatcluster.chat.services.WebhookReceiver;
import io.chatcluster.chat.services.WebhookReceiver.Received;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class WebhookTest {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final WebhookLane.Retries PATIENT =
            new WebhookLane.Retries(Duration.ofMillis(5), Duration.ofMillis(50), Duration.ofMinutes(5));
    private static final WebhookLane.Retries IMPATIENT =
            new WebhookLane.Retries(Duration.ofMillis(5), Duration.ofMillis(5), Duration.ZERO);
    private static final long PLENTY = 1_000_000;

    private final WebhookReceiver receiver = new WebhookReceiver();
    private final SimpleMeterRegistry metrics = new SimpleMeterRegistry();
    private final List<Webhook> webhooks = new ArrayList<>();

    @AfterEach
    void stop() {
        webhooks.forEach(Webhook::close);
        receiver.close();
    }

    @Test
    void shouldPostWhatWasCommittedAndSignIt() throws JsonProcessingException {
        // Given
        Webhook webhook = webhook(PATIENT, PLENTY);

        // When
        webhook.committed(batch("g.one", 7, "\"type\":\"message\",\"text\":\"grüß dich\"}"));

        // Then
        await().until(() -> receiver.accepted().size() == 1);
        Received request = receiver.accepted().getFirst();
        assertThat(request.genuine()).isTrue();
        assertThat(request.timestamp()).isCloseTo(System.currentTimeMillis() / 1_000, within(60));
        assertThat(request.delivery()).isNotBlank();
        JsonNode entry = JSON.readTree(request.body()).at("/events/0");
        assertThat(entry.path("room").asText()).isEqualTo("g.one");
        assertThat(entry.at("/event/seq").asLong()).isEqualTo(7);
        assertThat(entry.at("/event/type").asText()).isEqualTo("message");
        assertThat(entry.at("/event/text").asText()).isEqualTo("grüß dich");
    }

    @Test
    void shouldKeepTheOrderOfEachRoomWhileRequestsFail() throws JsonProcessingException {
        // Given
        Webhook webhook = webhook(PATIENT, PLENTY);
        receiver.refuse(5);

        // When
        for (long seq = 1; seq <= 100; seq++) {
            webhook.committed(message("g.one", seq));
            webhook.committed(message("g.two", seq));
        }

        // Then
        await().atMost(Duration.ofSeconds(30)).until(() -> delivered() == 200);
        assertThat(receiver.refused()).isEqualTo(5);
        List<Long> expected = LongStream.rangeClosed(1, 100).boxed().toList();
        assertThat(sequences("g.one")).containsExactlyElementsOf(expected);
        assertThat(sequences("g.two")).containsExactlyElementsOf(expected);
        await().untilAsserted(() -> assertThat(webhook.waitingChars()).isZero());
    }

    @Test
    void shouldDropAndCountWhatDoesNotFitAndNeverWait() {
        // Given
        Webhook webhook = webhook(PATIENT, 2_000);
        receiver.refuse(Integer.MAX_VALUE);

        // When
        for (long seq = 1; seq <= 1_000; seq++) {
            webhook.committed(message("g.one", seq));
        }

        // Then
        assertThat(webhook.waitingChars()).isBetween(1L, 2_000L);
        assertThat(count("chat.webhook.events", "dropped")).isBetween(900.0, 999.0);
    }

    @Test
    void shouldGiveUpOnARequestAfterItsTimeAndGoOn() throws JsonProcessingException {
        // Given
        Webhook webhook = webhook(IMPATIENT, PLENTY);
        receiver.refuse(1);

        // When
        webhook.committed(message("g.one", 1));
        await().until(() -> count("chat.webhook.events", "dropped") == 1);
        webhook.committed(message("g.one", 2));

        // Then
        await().until(() -> delivered() == 1);
        assertThat(sequences("g.one")).containsExactly(2L);
        assertThat(count("chat.webhook.requests", "failed")).isEqualTo(1);
        assertThat(count("chat.webhook.requests", "accepted")).isEqualTo(1);
    }

    @Test
    void shouldNotTellOfTheServicesOwnRooms() throws JsonProcessingException {
        // Given
        Webhook webhook = webhook(PATIENT, PLENTY);

        // When
        webhook.committed(message("~canary", 1));
        webhook.committed(message("g.one", 1));

        // Then
        await().until(() -> delivered() >= 1);
        await().until(() -> webhook.waitingChars() == 0);
        assertThat(sequences("~canary")).isEmpty();
    }

    @Test
    void shouldDoNothingWithoutConfiguration() {
        // Given
        Webhook webhook = new Webhook(Settings.with(Map.of()), metrics);

        // When
        webhook.committed(message("g.one", 1));

        // Then
        assertThat(webhook.waitingChars()).isZero();
        webhook.close();
    }

    private Webhook webhook(WebhookLane.Retries retries, long laneCharsMax) {
        ChatConfig config = Settings.with(Map.of(
                "chat.webhook.url", receiver.url().toString(),
                "chat.webhook.secret-file", WebhookReceiver.secretFile().toString()));
        Webhook webhook = new Webhook(config, metrics, retries, laneCharsMax);
        webhooks.add(webhook);
        return webhook;
    }

    private static Batch message(String room, long seq) {
        return batch(room, seq, "\"type\":\"message\",\"text\":\"m" + seq + "\"}");
    }

    private static Batch batch(String room, long seq, String body) {
        return new Batch(new RoomId(room), seq, "b" + seq, System.currentTimeMillis(), List.of(body));
    }

    private double count(String counter, String outcome) {
        return metrics.get(counter).tag("outcome", outcome).counter().count();
    }

    private double delivered() {
        return count("chat.webhook.events", "delivered");
    }

    private List<Long> sequences(String room) throws JsonProcessingException {
        List<Long> sequences = new ArrayList<>();
        for (Received request : receiver.accepted()) {
            for (JsonNode entry : JSON.readTree(request.body()).path("events")) {
                if (entry.path("room").asText().equals(room)) {
                    sequences.add(entry.at("/event/seq").asLong());
                }
            }
        }
        return sequences;
    }

    private static Offset<Long> within(long seconds) {
        return Offset.offset(seconds);
    }
}
