package io.chatcluster.chat.session;

import static io.chatcluster.chat.session.ChatClient.object;
import static io.chatcluster.chat.session.ChatFixture.api;
import static io.chatcluster.chat.session.ChatFixture.base;
import static io.chatcluster.chat.session.ChatFixture.group;
import static io.chatcluster.chat.session.ChatFixture.token;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.chatcluster.chat.message.Append;
import io.chatcluster.chat.message.Batch;
import io.chatcluster.chat.message.DynamoDbMessageLog;
import io.chatcluster.chat.message.Tail;
import io.chatcluster.chat.operations.ChatConfig;
import io.chatcluster.chat.operations.DynamoDbAttempts;
import io.chatcluster.chat.room.RoomId;
import io.quarkus.logging.json.runtime.JsonFormatter;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusMock;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

/** The lines that are collected from a pod in a cluster, with all there is to an exception, when what people ask for fails. */
@QuarkusTest
@QuarkusTestResource(GeneratedKeys.class)
class LogLinesTest {
    private static final ObjectMapper JSON = new ObjectMapper();

    @RegisterExtension
    final ChatFixture chat = new ChatFixture();

    @Inject
    DynamoDbClient dynamoDb;

    @Inject
    DynamoDbAttempts attempts;

    @Inject
    ChatConfig config;

    private final Logger all = Logger.getLogger("");
    private final Logger ours = Logger.getLogger("io.chatcluster");
    private final Level before = ours.getLevel();
    private final Lines lines = new Lines();
    private final String secret = "secret-" + UUID.randomUUID();

    @BeforeEach
    void listen() {
        ours.setLevel(Level.ALL);
        all.addHandler(lines);
    }

    @AfterEach
    void stopListening() {
        all.removeHandler(lines);
        ours.setLevel(before);
    }

    @Test
    void shouldHoldNeitherTextNorTokenOfASendThatFails() {
        // Given
        String token = token(chat.alice);
        String room = group(chat.alice, chat.bob);
        ChatClient client = chat.kept(ChatClient.connected(base(), token));
        QuarkusMock.installMockForType(refusing(), DynamoDbMessageLog.class);

        // When
        JsonNode reply = client.reply(client.startSend(room, "c1", secret));
        api(chat.alice)
                .body(Map.of("clientMessageId", "c2", "text", secret))
                .post("/api/v1/rooms/" + room + "/messages")
                .then()
                .statusCode(500);

        // Then
        assertThat(reply.at("/error/code").asText()).isEqualTo("internal");
        assertThat(lines.errors())
                .anyMatch(line -> line.contains("The command send failed") && line.contains("is refused"))
                .anyMatch(line -> line.contains("A request failed") && line.contains("is refused"));
        assertThat(lines.lines).noneMatch(line -> line.contains(secret) || line.contains(token));
    }

    @Test
    void shouldHoldNoTokenOfAConnectThatFails() {
        // Given
        String token = token(chat.alice);
        group(chat.alice, chat.bob);
        QuarkusMock.installMockForType(unreadable(), DynamoDbMessageLog.class);

        // When
        JsonNode failed = chat.opened().request("connect", object().put("token", token));
        JsonNode refused = chat.opened().request("connect", object().put("token", token + "x"));

        // Then
        assertThat(failed.at("/error/code").asText()).isEqualTo("internal");
        assertThat(refused.at("/error/code").asText()).isEqualTo("unauthenticated");
        assertThat(lines.errors())
                .anyMatch(line -> line.contains("The command connect failed") && line.contains("cannot be read"));
        assertThat(lines.lines).noneMatch(line -> line.contains(token));
    }

    /** Fails in a way that the service does not expect, which is what it logs most of. */
    private DynamoDbMessageLog refusing() {
        return new DynamoDbMessageLog(dynamoDb, attempts, config) {
            @Override
            public Append append(Batch batch) {
                throw new IllegalStateException("the batch is refused", SdkClientException.create("injected"));
            }
        };
    }

    private DynamoDbMessageLog unreadable() {
        return new DynamoDbMessageLog(dynamoDb, attempts, config) {
            @Override
            public Tail tail(RoomId room) {
                throw new IllegalStateException("the tail cannot be read", SdkClientException.create("injected"));
            }
        };
    }

    /** What is logged, as pods in a cluster write it. */
    private static final class Lines extends Handler {
        private final List<String> lines = new CopyOnWriteArrayList<>();
        private final JsonFormatter formatter = new JsonFormatter();

        Lines() {
            setLevel(Level.ALL);
        }

        List<String> errors() {
            return lines.stream()
                    .filter(line -> json(line).path("level").asText().equals("ERROR"))
                    .toList();
        }

        private static JsonNode json(String line) {
            try {
                return JSON.readTree(line);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        @Override
        public void publish(LogRecord entry) {
            lines.add(formatter.format(entry));
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
