package io.chatcluster.chat.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import io.chatcluster.chat.services.MountedFile;
import io.chatcluster.chat.services.RedisServer;
import java.nio.file.Path;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** The password changes while everybody talks. */
@Execution(ExecutionMode.CONCURRENT)
class PasswordChangeTest {

    private static final String RIGHTS = "&* ~* +@all";

    @TempDir
    private Path directory;

    private List<RedisServer> servers = List.of();
    private Map<String, String> settings = Map.of();
    private MountedFile credentials = new MountedFile(Path.of(System.getProperty("java.io.tmpdir")), "unset", "");

    @BeforeEach
    void start() {
        var users =
                new MountedFile(directory, "users.conf", "user default reset\nuser chat-a on >old " + RIGHTS + "\n");
        servers = List.of(
                RedisServer.withUsers(users.path()).start(),
                RedisServer.withUsers(users.path()).start());
        credentials = new MountedFile(directory, "credentials", "chat-a old\n");
        settings = new HashMap<>(Map.of("chat.redis.credentials-file", credentials.toString()));
        for (int i = 0; i < servers.size(); i++) {
            settings.put("chat.redis.shards[" + i + "]", servers.get(i).address());
        }
    }

    @AfterEach
    void stop() {
        servers.forEach(RedisServer::close);
    }

    private static Set<String> users(RedisBroker... brokers) {
        return List.of(brokers).stream()
                .flatMap(broker -> broker.shards().stream())
                .map(shard -> String.valueOf(shard.user()))
                .collect(Collectors.toSet());
    }

    private static void introduce(RedisServer server) {
        assertThat(server.command("ACL", "SETUSER", "chat-b", "reset", "on", ">new", "&*", "~*", "+@all"))
                .containsExactly("OK");
    }

    @Test
    void shouldMissNothingWhileThePasswordChanges() throws InterruptedException {
        try (var pair = new BrokerPair(settings, settings)) {
            // Given
            servers.forEach(PasswordChangeTest::introduce);
            pair.passes(50);

            // When
            credentials.replace("chat-b new\nchat-a old\n");
            BrokerPair.await(
                    "the new user", () -> users(pair.sender, pair.listener).equals(Set.of("chat-b")));
            credentials.replace("chat-b new\n");
            servers.forEach(server -> server.command("ACL", "SETUSER", "chat-a", "reset"));
            pair.passes(200);

            // Then
            pair.missedNothing();
            assertThat(servers)
                    .allSatisfy(server -> assertThat(server.command("CLIENT", "LIST"))
                            .noneMatch(client -> client.contains("user=chat-a")));
        }
    }

    @Test
    void shouldStayTheFormerUserWhereAServerDoesNotKnowTheNewOneYet() throws InterruptedException {
        try (var pair = new BrokerPair(settings, settings)) {
            // When
            introduce(servers.getFirst());
            credentials.replace("chat-b new\nchat-a old\n");
            BrokerPair.await(
                    "the new user where it is known",
                    () -> users(pair.sender).equals(Set.of("chat-a", "chat-b"))
                            && users(pair.listener).size() == 2);
            pair.passes(200);
            introduce(servers.getLast());
            BrokerPair.await(
                    "the new user", () -> users(pair.sender, pair.listener).equals(Set.of("chat-b")));
            pair.passes(50);

            // Then
            pair.missedNothing();
        }
    }

    @Test
    void shouldKeepTheConnectionsItHasWhileTheNewPasswordIsWrong() throws InterruptedException {
        // Given
        var password = new MountedFile(directory, "password", "old");
        var username = new MountedFile(directory, "username", "chat-a");
        settings.remove("chat.redis.credentials-file");
        settings.put("chat.redis.password-file", password.toString());
        settings.put("chat.redis.username-file", username.toString());
        try (var pair = new BrokerPair(settings, settings)) {
            // When
            password.replace("mistyped");
            BrokerPair.await(
                    "refused attempts",
                    () -> servers.stream()
                            .allMatch(server -> server.command("ACL", "LOG").contains("auth")));
            pair.passes(50);
            servers.forEach(server -> server.command("ACL", "SETUSER", "chat-a", ">right"));
            var before = servers.stream().map(PasswordChangeTest::clients).toList();
            password.replace("right");
            BrokerPair.await(
                    "other connections",
                    () -> IntStream.range(0, servers.size())
                            .allMatch(i -> Collections.disjoint(clients(servers.get(i)), before.get(i))));
            pair.passes(50);

            // Then
            pair.missedNothing();
        }
    }

    private static Set<String> clients(RedisServer server) {
        return server.command("CLIENT", "LIST").stream()
                .filter(client -> client.contains("user=chat-a"))
                .map(client -> client.substring(0, client.indexOf(' ')))
                .collect(Collectors.toSet());
    }
}
