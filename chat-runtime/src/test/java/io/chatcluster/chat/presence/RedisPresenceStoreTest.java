package io.chatcluster.chat.presence;

import static org.assertj.core.api.Assertions.assertThat;

import io.chatcluster.chat.room.UserId;
import io.chatcluster.chat.services.Patience;
import io.chatcluster.chat.services.RedisServer;
import io.chatcluster.chat.services.TwoPods;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class RedisPresenceStoreTest {

    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final UserId ERIN = new UserId("erin");
    /** Enough that the few that put off the end are less than half of them, however long each takes. */
    private static final int REPORTS_MIN = 20;

    private static final Sighting ONLINE = new Sighting(PresenceState.ONLINE, 30);
    private static final Sighting AWAY = new Sighting(PresenceState.AWAY, 20);
    private static final Sighting OFFLINE = new Sighting(PresenceState.OFFLINE, 40);

    @RegisterExtension
    final TwoPods pods = new TwoPods();

    private @Nullable PresenceStore first;
    private @Nullable PresenceStore second;

    @BeforeEach
    void connect() {
        first = new RedisPresenceStore(pods.one().broker, Duration.ofMinutes(1));
        second = new RedisPresenceStore(pods.two().broker, Duration.ofMinutes(1));
        awaitShards();
    }

    private PresenceStore one() {
        return Objects.requireNonNull(first);
    }

    private PresenceStore two() {
        return Objects.requireNonNull(second);
    }

    @Test
    void shouldPutTogetherWhatPodsSay() {
        // When
        one().report(Map.of(ERIN, AWAY));
        two().report(Map.of(ERIN, ONLINE));

        // Then
        assertThat(one().read(List.of(ERIN))).containsEntry(ERIN, ONLINE);
        two().report(Map.of(ERIN, OFFLINE));
        assertThat(one().read(List.of(ERIN))).containsEntry(ERIN, new Sighting(PresenceState.AWAY, 40));
        one().report(Map.of(ERIN, OFFLINE));
        assertThat(two().read(List.of(ERIN))).containsEntry(ERIN, OFFLINE);
    }

    @Test
    void shouldSayNothingOfAUserNoPodKnows() {
        assertThat(one().read(List.of(ERIN))).containsEntry(ERIN, Sighting.NONE);
    }

    @Test
    void shouldForgetWhatAPodSaidThatSaysNothingMore() {
        // Given
        PresenceStore forgetful = new RedisPresenceStore(pods.one().broker, Duration.ofMillis(300));
        forgetful.report(Map.of(ERIN, ONLINE));

        // Then
        Patience.await()
                .atMost(PATIENCE)
                .untilAsserted(() -> assertThat(two().read(List.of(ERIN))).containsEntry(ERIN, Sighting.NONE));
    }

    @Test
    void shouldLetEveryKeyEndAndPutThatOffNowAndThen() {
        // Given
        Duration timeToLive = Duration.ofMillis(300);
        PresenceStore brief = new RedisPresenceStore(pods.one().broker, timeToLive);
        RedisServer server = pods.shards().getFirst();
        long end = System.nanoTime() + timeToLive.multipliedBy(10).toNanos();
        long before = calls(server, "pexpire");

        // When
        long reports = 0;
        for (; System.nanoTime() < end || reports < REPORTS_MIN; reports++) {
            brief.report(Map.of(ERIN, ONLINE));

            // Then
            Patience.await().until(() -> timeToLive(server) > 0);
        }
        assertThat(calls(server, "pexpire") - before).isBetween(1L, reports / 2);
        assertThat(calls(server, "hset")).isGreaterThanOrEqualTo(reports);
    }

    @Test
    void shouldLetTheKeyOfSomebodyWhoLeavesEndAlthoughItsBeginningWasNotAnswered() {
        // Given
        RedisServer server = pods.shards().getFirst();
        one().report(Map.of(ERIN, ONLINE));
        Patience.await().until(() -> timeToLive(server) > 0);
        server.command("PERSIST", "presence:erin");

        // When
        one().report(Map.of(ERIN, OFFLINE));

        // Then
        assertThat(timeToLive(server)).isPositive();
    }

    private static long timeToLive(RedisServer server) {
        return Long.parseLong(server.command("PTTL", "presence:erin").getLast());
    }

    private static long calls(RedisServer server, String command) {
        return server.command("INFO", "commandstats").stream()
                .filter(line -> line.startsWith("cmdstat_" + command + ":calls="))
                .mapToLong(line -> Long.parseLong(line.replaceAll(".*:calls=(\\d+),.*", "$1")))
                .sum();
    }

    @Test
    void shouldReadFromTheShardThatIsLeft() {
        // Given
        one().report(Map.of(ERIN, ONLINE));

        // When
        pods.shards().getFirst().kill();

        // Then
        assertThat(two().read(List.of(ERIN))).containsEntry(ERIN, ONLINE);
    }

    @Test
    void shouldReadWhatOneShardHasLost() {
        // Given
        one().report(Map.of(ERIN, ONLINE));

        // When
        pods.shards().getFirst().kill();
        pods.shards().getFirst().start();
        awaitShards();

        // Then
        assertThat(two().read(List.of(ERIN))).containsEntry(ERIN, ONLINE);
    }

    @Test
    void shouldLeaveOutUsersOfWhomItCannotBeFoundOut() {
        // Given
        one().report(Map.of(ERIN, ONLINE));

        // When
        pods.killRedis();

        // Then
        assertThat(two().read(List.of(ERIN))).isEmpty();
    }

    @Test
    void shouldReportManyUsersAtOnce() {
        // Given
        Map<UserId, Sighting> many = IntStream.range(0, 3_000)
                .mapToObj(i -> new UserId("user-" + i))
                .collect(Collectors.toMap(user -> user, user -> ONLINE));

        // When
        one().report(many);

        // Then
        assertThat(two().read(many.keySet())).isEqualTo(many);
    }

    private void awaitShards() {
        for (var pod : List.of(pods.one(), pods.two())) {
            Patience.await()
                    .atMost(PATIENCE)
                    .until(() -> pod.broker.shards().stream().allMatch(shard -> shard.connected()));
        }
    }
}
