package io.chatcluster.chat.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import io.chatcluster.chat.services.MountedFile;
import io.chatcluster.chat.services.RedisServer;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** Shards come and go while everybody talks, and pods are told of it at different times. */
@Execution(ExecutionMode.CONCURRENT)
class ShardChangeTest {

    @TempDir
    private Path directory;

    private final List<RedisServer> servers =
            Stream.generate(RedisServer::new).limit(3).toList();

    @BeforeEach
    void start() {
        servers.forEach(RedisServer::start);
    }

    @AfterEach
    void stop() {
        servers.forEach(RedisServer::close);
    }

    private String list(int count) {
        return servers.stream().limit(count).map(RedisServer::address).sorted().collect(Collectors.joining(" "));
    }

    private static void awaitLists(RedisBroker broker, String... lists) {
        BrokerPair.await(List.of(lists) + " in force", () -> broker.shardLists().equals(List.of(lists)));
    }

    private void shouldMissNothing(int before, int after) throws InterruptedException {
        // Given
        var sender = new MountedFile(directory, "sender", list(before));
        var listener = new MountedFile(directory, "listener", list(before));
        try (var pair = new BrokerPair(
                Map.of("chat.redis.shards-file", sender.toString()),
                Map.of("chat.redis.shards-file", listener.toString()))) {
            var both = list(before) + "\n" + list(after) + "\n";
            pair.passes(50);

            // When
            sender.replace(both);
            awaitLists(pair.sender, list(before), list(after));
            pair.passes(50);
            listener.replace(both);
            awaitLists(pair.listener, list(before), list(after));
            pair.passes(50);
            listener.replace(list(after));
            awaitLists(pair.listener, list(after));
            pair.passes(50);
            sender.replace(list(after));
            awaitLists(pair.sender, list(after));
            pair.passes(50);

            // Then
            pair.missedNothing();
            assertThat(pair.listener.shards()).hasSize(after).allMatch(Broker.ShardStatus::connected);
        }
    }

    @Test
    void shouldMissNothingWhenAShardIsAdded() throws InterruptedException {
        shouldMissNothing(2, 3);
    }

    @Test
    void shouldMissNothingWhenAShardIsRemoved() throws InterruptedException {
        shouldMissNothing(3, 2);
    }

    @Test
    void shouldNotGoByListsOfWhichAShardDoesNotAnswer() throws InterruptedException {
        // Given
        var file = new MountedFile(directory, "shards", list(2));
        servers.getLast().kill();
        try (var pair = new BrokerPair(
                Map.of("chat.redis.shards-file", file.toString()), Map.of("chat.redis.shards-file", file.toString()))) {

            // When
            file.replace(list(2) + "\n" + list(3));
            BrokerPair.await("the third shard", () -> pair.listener.shards().size() == 3);
            var before = pair.listener.shardLists();
            servers.getLast().start();
            awaitLists(pair.listener, list(2), list(3));

            // Then
            assertThat(before).containsExactly(list(2));
            pair.missedNothing();
            assertThat(pair.listener.shards()).allMatch(Broker.ShardStatus::connected);
        }
    }

    @Test
    void shouldGoOnWithoutAServerThatDiedBeforeItWasToGo() throws InterruptedException {
        // Given
        var sender = new MountedFile(directory, "sender", list(3));
        var listener = new MountedFile(directory, "listener", list(3));
        try (var pair = new BrokerPair(
                Map.of("chat.redis.shards-file", sender.toString()),
                Map.of("chat.redis.shards-file", listener.toString()))) {
            awaitLists(pair.sender, list(3));
            awaitLists(pair.listener, list(3));
            servers.getLast().kill();
            var both = list(3) + "\n" + list(2) + "\n";

            // When
            sender.replace(both);
            listener.replace(both);
            awaitLists(pair.sender, list(3), list(2));
            awaitLists(pair.listener, list(3), list(2));
            listener.replace(list(2));
            awaitLists(pair.listener, list(2));
            pair.passes(50);
            sender.replace(list(2));
            awaitLists(pair.sender, list(2));
            pair.passes(50);

            // Then
            pair.heardEverything();
            assertThat(pair.listener.shards()).hasSize(2).allMatch(Broker.ShardStatus::connected);
        }
    }

    @Test
    void shouldNotTakeAChannelForHeardWhereNoServerOfOneOfTheListsAnswers() {
        // Given
        var file = new MountedFile(directory, "shards", list(2));
        var other = servers.getLast();
        other.kill();
        try (var pair = new BrokerPair(
                Map.of("chat.redis.shards-file", file.toString()), Map.of("chat.redis.shards-file", file.toString()))) {
            var before = pair.listener.healthy("room:1");

            // When
            file.replace(list(2) + "\n" + other.address());
            BrokerPair.await("the other list to count", () -> !pair.listener.healthy("room:1"));
            other.start();

            // Then
            BrokerPair.await("its server", () -> pair.listener.healthy("room:1"));
            assertThat(before).isTrue();
        }
    }

    @Test
    void shouldStayWithTheListsItHasWhenTheFileNamesNoShard() throws InterruptedException {
        // Given
        var file = new MountedFile(directory, "shards", list(2));
        try (var pair = new BrokerPair(
                Map.of("chat.redis.shards-file", file.toString()), Map.of("chat.redis.shards-file", file.toString()))) {

            // When
            file.replace("\n");
            pair.passes(300);

            // Then
            pair.missedNothing();
            assertThat(pair.listener.shardLists()).containsExactly(list(2));
        }
    }
}
