package io.chatcluster.chat.presence;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

@Execution(ExecutionMode.CONCURRENT)
class PresenceLossTest extends TwoPresencePods {

    @Test
    void shouldNoticeThatAPodDied() {
        // Given
        Device device = franksDevice(two());
        List<Presence> told = one().watch(erin, frank);
        awaitStates(told, PresenceState.ONLINE);

        // When
        two().close();

        // Then
        awaitStates(told, PresenceState.ONLINE, PresenceState.OFFLINE);
        assertThat(told.getLast().lastSeen()).isNotNull();
        await().until(() -> one().lastSeen.lastSeen(List.of(frank)).containsKey(frank));
        device.close();
    }

    @Test
    void shouldTellNothingOfTheLossOfRedisAndGoOnAfterwards() {
        // Given
        Device device = franksDevice(two());
        List<Presence> told = one().watch(erin, frank);
        awaitStates(told, PresenceState.ONLINE);

        // When
        pods.killRedis();
        pods.startRedis();
        await().until(() -> one().inRedis(frank).contains("online"));

        // Then
        device.close();
        awaitStates(told, PresenceState.ONLINE, PresenceState.OFFLINE);
    }

    @Test
    void shouldKeepNoZombieOfAUserWhoLeftWhileRedisWasAway() {
        // Given
        Device device = franksDevice(two());
        List<Presence> told = one().watch(erin, frank);
        awaitStates(told, PresenceState.ONLINE);

        // When
        pods.killRedis();
        device.close();
        await().until(() -> one().lastSeen.lastSeen(List.of(frank)).containsKey(frank));
        pods.startRedis();

        // Then
        awaitStates(told, PresenceState.ONLINE, PresenceState.OFFLINE);
    }

    @Test
    void shouldGoOnWithOneShard() {
        // Given
        List<Presence> told = one().watch(erin, frank);
        awaitStates(told, PresenceState.OFFLINE);

        // When
        pods.shards().getFirst().kill();
        Device device = two().devices.connected(frank, Duration.ZERO);

        // Then
        awaitStates(told, PresenceState.OFFLINE, PresenceState.ONLINE);
        device.close();
    }
}
