package io.chatcluster.chat.delivery;

import static io.chatcluster.chat.services.TwoPods.ALICE;
import static io.chatcluster.chat.services.TwoPods.BOB;
import static org.assertj.core.api.Assertions.assertThat;

import io.chatcluster.chat.presence.PresenceState;
import io.chatcluster.chat.presence.RedisPresenceStore;
import io.chatcluster.chat.presence.Sighting;
import io.chatcluster.chat.room.UserId;
import io.chatcluster.chat.services.DynamoDbLocal;
import io.chatcluster.chat.services.Inbox;
import io.chatcluster.chat.services.MountedFile;
import io.chatcluster.chat.services.Pod;
import io.chatcluster.chat.services.RedisServer;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The Redis user that the operator makes for chat pods may do exactly what they do. */
class RedisRightsTest {

    private static final Path SECRET =
            Path.of("../operator/src/test/resources/golden/minimal/out-secret-demo-redis-auth.yaml");
    private static final Set<String> OF_THIS_TEST = Set.of("acl", "info", "auth", "hello", "command", "pubsub", "keys");

    @TempDir
    private Path directory;

    private static String secret(String key) throws IOException {
        var value = Pattern.compile(" " + Pattern.quote(key) + ": (\\S+)").matcher(Files.readString(SECRET));
        assertThat(value.find()).as(key).isTrue();
        return new String(Base64.getDecoder().decode(value.group(1)), StandardCharsets.UTF_8);
    }

    private static Set<String> used(RedisServer server) {
        return server.command("INFO", "commandstats").stream()
                .filter(line -> line.startsWith("cmdstat_") && !line.contains(":calls=0,"))
                .map(line ->
                        line.substring("cmdstat_".length(), line.indexOf(':')).split("[|]", -1)[0])
                .filter(command -> !OF_THIS_TEST.contains(command))
                .collect(Collectors.toSet());
    }

    private static Set<String> granted(String prefix) throws IOException {
        var user = secret("users.conf")
                .lines()
                .filter(line -> line.startsWith("user chat-a "))
                .findFirst()
                .orElseThrow();
        return List.of(user.split(" ", -1)).stream()
                .filter(word -> word.startsWith(prefix))
                .map(word -> word.substring(1))
                .collect(Collectors.toSet());
    }

    /** What is before the name, as patterns have it. */
    private static Set<String> patterns(List<String> names) {
        return names.stream()
                .filter(name -> !name.isEmpty())
                .map(name -> name.substring(0, name.indexOf(':') + 1) + "*")
                .collect(Collectors.toSet());
    }

    @Test
    void shouldGrantExactlyWhatChatPodsDo() throws IOException {
        // Given
        var users = new MountedFile(directory, "users.conf", secret("users.conf"));
        var credentials = new MountedFile(directory, "credentials", secret("credentials"));
        var tables = "rights-" + UUID.randomUUID() + "-";
        DynamoDbLocal.running().createTables(tables);
        try (var server = RedisServer.withUsers(users.path()).start();
                var pod = new Pod(tables, Map.of("chat.redis.credentials-file", credentials.toString()), server)) {
            BrokerPair.await("Redis", () -> BrokerPair.connected(pod.broker));

            // When
            var room = pod.rooms.group(ALICE, "room", List.of(BOB)).id();
            var inbox = new Inbox();
            var online = pod.hub.online(BOB, notice -> {}).attachment();
            var attachment = pod.hub.attach(BOB, room, 0, inbox);
            pod.send(ALICE, room, "hello").join();
            inbox.await(1, Duration.ofSeconds(30));
            pod.broker.subscribe("presence:bob", new Silent()).close();
            var watching = pod.broker.subscribe("presence:alice", new Silent());
            forget(pod, server);
            credentials.replace(secret("credentials") + "chat-b other\n");
            BrokerPair.await("connections made anew", () -> used(server).contains("echo"));
            var channels = patterns(server.command("PUBSUB", "CHANNELS"));
            new RedisPresenceStore(pod.broker, Duration.ofMinutes(1)).report(online(BOB));
            BrokerPair.await(
                    "what was said to be there",
                    () -> !patterns(server.command("KEYS", "*")).isEmpty());
            var keys = patterns(server.command("KEYS", "*"));

            // Then
            assertThat(used(server)).isEqualTo(granted("+"));
            assertThat(channels).isEqualTo(granted("&"));
            assertThat(keys).isEqualTo(granted("~"));
            assertThat(server.command("ACL", "LOG")).allMatch(String::isEmpty);
            watching.close();
            attachment.close();
            online.close();
        }
    }

    /** Says of a user what no pod says again, until it is removed. */
    private static void forget(Pod pod, RedisServer server) {
        var bob = new UserId("bob");
        var online = online(bob);
        var gone = new RedisPresenceStore(pod.broker, Duration.ofSeconds(1));
        var staying = new RedisPresenceStore(pod.broker, Duration.ofSeconds(1));
        gone.report(online);
        BrokerPair.await("the removal of what is not said again", () -> {
            staying.report(online);
            assertThat(staying.read(List.of(bob))).isNotEmpty();
            return used(server).contains("hdel");
        });
    }

    private static Map<UserId, Sighting> online(UserId user) {
        return Map.of(user, new Sighting(PresenceState.ONLINE, 1));
    }

    private static final class Silent implements Broker.Subscriber {
        @Override
        public void message(String payload) {}

        @Override
        public void interrupted() {}
    }
}
