package io.chatcluster.chat.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import io.chatcluster.chat.services.RedisServer;
import io.chatcluster.chat.services.Settings;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** A pod that Redis does not hear, beside one that goes on hearing Redis and so has no reason of its own to look. */
@Execution(ExecutionMode.CONCURRENT)
class MissedPublishTest {

    private static final String CHANNEL = "room:quiet";

    @TempDir
    private Path directory;

    private final Vertx vertx = Vertx.vertx();
    private final List<String> messages = new CopyOnWriteArrayList<>();
    private final List<String> interruptions = new CopyOnWriteArrayList<>();
    private RedisServer server;
    private RedisBroker sender;
    private RedisBroker listener;

    @BeforeEach
    void connect() throws IOException {
        Path users = Files.writeString(directory.resolve("users.conf"), """
                user sender on >sent allchannels +@all
                user listener on >heard allchannels +@all
                """);
        server = RedisServer.withUsers(users).start();
        sender = broker("sender sent");
        listener = broker("listener heard");
        BrokerPair.await("connections", () -> BrokerPair.connected(sender) && BrokerPair.connected(listener));
        var unused = listener.subscribe(CHANNEL, new Broker.Subscriber() {
            @Override
            public void message(String payload) {
                messages.add(payload);
            }

            @Override
            public void interrupted() {
                interruptions.add(CHANNEL);
            }
        });
        BrokerPair.await("the subscription", () -> interruptions.size() == 1);
        interruptions.clear();
    }

    @AfterEach
    void close() {
        sender.close();
        listener.close();
        server.close();
        vertx.close();
    }

    @Test
    void shouldTellWhoeverListensToLookOnceItIsHeardAgain() {
        // Given
        server.command("ACL", "SETUSER", "sender", "off");
        server.command("CLIENT", "KILL", "USER", "sender");
        BrokerPair.await("the loss", () -> !BrokerPair.connected(sender));
        sender.publish(CHANNEL, "unheard");

        // When
        server.command("ACL", "SETUSER", "sender", "on");

        // Then
        BrokerPair.await("a reason to look", () -> !interruptions.isEmpty());
        assertThat(interruptions).hasSize(1);
        assertThat(messages).isEmpty();
        assertThat(BrokerPair.connected(listener)).isTrue();
    }

    private RedisBroker broker(String credentials) throws IOException {
        Path file = Files.writeString(directory.resolve(credentials.replace(' ', '-')), credentials + "\n");
        return new RedisBroker(
                vertx,
                Settings.with(Map.of(
                        "chat.redis.shards[0]", server.address(), "chat.redis.credentials-file", file.toString())),
                new SimpleMeterRegistry());
    }
}
