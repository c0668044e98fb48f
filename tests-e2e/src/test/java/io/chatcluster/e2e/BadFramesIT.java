package io.chatcluster.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.chatcluster.e2e.harness.OnTheSharedChat;
import io.chatcluster.e2e.harness.TestChat;
import io.chatcluster.e2e.harness.Wire;
import java.util.UUID;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@OnTheSharedChat
class BadFramesIT {
    private final TestChat chat = TestChat.shared();

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            {"id":"1","send"                                                           | invalid
            []                                                                         | invalid
            {"id":"1"}                                                                 | invalid
            {"id":"1","ping":{},"typing":{"room":"r"}}                                 | invalid
            {"id":"1","dance":{}}                                                      | unsupported
            {"id":"1","send":{"clientMessageId":"a","text":"no room"}}                 | invalid
            {"id":"1","send":{"room":"nowhere","clientMessageId":"a","text":"hello"}}  | not_found
            {"id":"1","history":{"room":"nowhere"}}                                    | not_found
            """)
    void shouldAnswerABadFrameWithAnErrorAndGoOn(String frame, String code) throws InterruptedException {
        // Given
        var pod = chat.addresses().getFirst();
        BlockingQueue<JsonNode> bad = new LinkedBlockingQueue<>();
        BlockingQueue<JsonNode> neighbour = new LinkedBlockingQueue<>();
        var alice = chat.token("alice-" + UUID.randomUUID());
        try (var wire = Wire.open(pod, bad::add);
                var other = Wire.open(pod, neighbour::add)) {
            greet(wire, bad, alice);
            greet(other, neighbour, alice);

            // When
            wire.send(frame);

            // Then
            assertThat(next(bad).path("error").path("code").asText()).isEqualTo(code);
            assertThat(ping(wire, bad)).isTrue();
            assertThat(ping(other, neighbour)).isTrue();
        }
    }

    private static void greet(Wire wire, BlockingQueue<JsonNode> objects, String token) throws InterruptedException {
        wire.send("{\"id\":\"hello\",\"connect\":{\"token\":\"" + token + "\"}}");
        assertThat(next(objects).has("connect")).isTrue();
    }

    private static boolean ping(Wire wire, BlockingQueue<JsonNode> objects) throws InterruptedException {
        wire.send("{\"id\":\"p\",\"ping\":{}}");
        return next(objects).has("ping");
    }

    private static JsonNode next(BlockingQueue<JsonNode> objects) throws InterruptedException {
        var object = objects.poll(1, TimeUnit.MINUTES);
        assertThat(object).as("the server's next object").isNotNull();
        return object;
    }
}
