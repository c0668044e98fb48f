package io.chatcluster.chat.session;

import static io.chatcluster.chat.session.ChatClient.object;
import static io.chatcluster.chat.session.ChatFixture.base;
import static io.chatcluster.chat.session.ChatFixture.group;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.nio.ByteBuffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What comes of frames that are wrong, too large or too many: never anything for another connection. */
@QuarkusTest
@QuarkusTestResource(GeneratedKeys.class)
class FrameLimitsTest {
    private static final int FRAME_BYTES_MAX = 524_288;

    @RegisterExtension
    final ChatFixture chat = new ChatFixture();

    @ParameterizedTest
    @ValueSource(
            strings = {
                "nonsense",
                "[]",
                "{\"id\":7}",
                "{\"id\":7,\"send\":{",
                "{\"id\":7,\"send\":{}}",
                "{\"id\":7,\"ping\":{},\"read\":{}}",
                "{\"id\":7,\"dance\":{\"room\":\"r\"}}",
                "{\"id\":7,\"read\":{\"room\":\"has space\",\"seq\":1}}",
                "{\"id\":\"\\ud800\",\"ping\":{}}",
                "{\"id\":7,\"connect\":{\"token\":\"again\"}}"
            })
    void shouldAnswerABadFrameWithAnErrorAndGoOn(String frame) {
        // Given
        ChatClient client = chat.connected(chat.alice);
        ChatClient other = chat.connected(chat.bob);

        // When
        client.sendText(frame);

        // Then
        JsonNode error = client.awaitFrame(answer -> answer.has("error"));
        assertThat(error.at("/error/code").asText()).isIn("invalid", "unsupported");
        assertThat(error.at("/error/message").asText())
                .isNotBlank()
                .doesNotContain("io.chatcluster", "jackson", "Parser", "`");
        assertThat(client.request("ping", object()).has("ping")).isTrue();
        assertThat(other.request("ping", object()).has("ping")).isTrue();
    }

    @ParameterizedTest
    @CsvSource({"limit, 201", "limit, 0", "before, -1"})
    void shouldHoldTheBoundsOfPagesOfHistory(String field, int value) {
        // Given
        ChatClient client = chat.connected(chat.alice);

        // When
        JsonNode error = client.request(
                        "history", object().put("room", group(chat.alice)).put(field, value))
                .path("error");

        // Then
        assertThat(error.path("code").asText()).isEqualTo("invalid");
        assertThat(error.path("message").asText()).contains(field);
    }

    @Test
    void shouldAnswerATooLargeMessageWithAnErrorAndGoOn() {
        // Given
        String room = group(chat.alice);
        ChatClient client = chat.connected(chat.alice);

        // When
        JsonNode reply = client.reply(client.startSend(room, "c1", "x".repeat(70_000)));

        // Then
        assertThat(reply.at("/error/code").asText()).isEqualTo("too_large");
        assertThat(client.request("ping", object()).has("ping")).isTrue();
    }

    @Test
    void shouldTakeAFrameThatIsAsLargeAsOneMayBe() {
        // Given
        ChatClient client = chat.connected(chat.alice);
        String ping = "{\"id\":\"large\",\"ping\":{}}";

        // When
        client.sendText(ping + " ".repeat(FRAME_BYTES_MAX - ping.length()));

        // Then
        client.awaitFrame(frame -> frame.path("id").asText().equals("large") && frame.has("ping"));
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 100_000, 600_000, 8_000_000})
    void shouldSayWhyItClosesTheConnectionOfATooLargeFrameAndOnlyThat(int tooMuch) {
        // Given
        ChatClient client = chat.connected(chat.alice);
        ChatClient other = chat.connected(chat.bob);

        // When
        client.socket().sendText("x".repeat(FRAME_BYTES_MAX + tooMuch), true);

        // Then
        assertThat(client.awaitClose()).isEqualTo(4003);
        assertThat(other.request("ping", object()).has("ping")).isTrue();
    }

    @Test
    void shouldCountBytesAndNotCharactersOfAFrame() {
        // Given
        ChatClient client = chat.connected(chat.alice);

        // When
        client.socket().sendText("é".repeat(FRAME_BYTES_MAX / 2 + 1), true);

        // Then
        assertThat(client.awaitClose()).isEqualTo(4003);
    }

    @Test
    void shouldSayWhyItClosesTheConnectionOfATooLargeMessageInManyFrames() {
        // Given
        ChatClient client = chat.connected(chat.alice);

        // When
        for (int i = 0; i < 100 && client.closeCode() == null; i++) {
            client.socket().sendText("x".repeat(10_000), i == 99).join();
        }

        // Then
        assertThat(client.awaitClose()).isEqualTo(4003);
    }

    @Test
    void shouldRefuseBinaryFrames() {
        // Given
        ChatClient client = chat.connected(chat.alice);

        // When
        client.socket().sendBinary(ByteBuffer.allocate(1), true).join();

        // Then
        assertThat(client.awaitClose()).isEqualTo(4503);
    }

    @Test
    void shouldLimitTheRateOfOneConnectionAndNotOfOthers() {
        // Given
        ChatClient client = chat.connected(chat.alice);
        ChatClient other = chat.connected(chat.bob);

        // When
        client.sendText("{\"id\":\"p\",\"ping\":{}}\n".repeat(3_000));

        // Then
        JsonNode error = client.awaitFrame(answer -> answer.has("error")).path("error");
        assertThat(error.path("code").asText()).isEqualTo("rate_limited");
        assertThat(error.path("retryable").asBoolean()).isTrue();
        assertThat(error.path("retryAfterMs").asLong()).isPositive();
        assertThat(other.request("ping", object()).has("ping")).isTrue();
    }

    @Test
    void shouldCutOffAStrangerWhoSendsPingsAndReadsNothing() {
        // Given
        RawSocket stranger = chat.kept(new RawSocket(base()));
        ChatClient other = chat.connected(chat.bob);

        // When
        int sent = 0;
        while (sent < 200_000 && stranger.sendPing()) {
            sent++;
        }

        // Then
        assertThat(sent).isLessThan(200_000);
        assertThat(other.request("ping", object()).has("ping")).isTrue();
    }

    @Test
    void shouldAnswerAllPingsOfWhoTakesTheAnswers() {
        // Given
        RawSocket stranger = chat.kept(new RawSocket(base()));

        // Then
        for (int i = 0; i < 3 * UntakenPongs.MAX; i++) {
            assertThat(stranger.sendPing()).isTrue();
            stranger.awaitPong();
        }
    }
}
