package io.chatcluster.chat.presence;

import static org.assertj.core.api.Assertions.assertThat;

import io.chatcluster.chat.protocol.ErrorCode;
import io.chatcluster.chat.room.Role;
import io.chatcluster.chat.room.UserId;
import io.chatcluster.chat.services.PresencePod;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

@Execution(ExecutionMode.CONCURRENT)
class PresenceTest extends TwoPresencePods {

    @Test
    void shouldTellOnOnePodWhenAUserComesToAnotherAndLeaves() {
        // Given
        List<Presence> told = one().watch(erin, frank);
        awaitStates(told, PresenceState.OFFLINE);
        long before = System.currentTimeMillis();

        // When
        Device device = two().devices.connected(frank, Duration.ZERO);
        awaitStates(told, PresenceState.OFFLINE, PresenceState.ONLINE);
        device.close();

        // Then
        awaitStates(told, PresenceState.OFFLINE, PresenceState.ONLINE, PresenceState.OFFLINE);
        assertThat(told.getFirst().lastSeen()).isNull();
        assertThat(told.get(1).lastSeen()).isNull();
        assertThat(told.getLast().lastSeen()).isGreaterThanOrEqualTo(before);
        await().until(() -> one().lastSeen.lastSeen(List.of(frank)).containsKey(frank));
        assertThat(two().watch(erin, frank)).satisfies(TwoPresencePods::eventuallyOffline);
    }

    @Test
    void shouldTellAnOldAbsenceWithItsTime() {
        // Given
        one().lastSeen.seen(frank, 1_234);
        one().lastSeen.seen(frank, 1_233);

        // When
        List<Presence> told = one().watch(erin, frank);

        // Then
        awaitStates(told, PresenceState.OFFLINE);
        assertThat(told.getFirst().lastSeen()).isEqualTo(1_234);
    }

    @Test
    void shouldHoldAUserOnlineWhileAnyDeviceIs() {
        // Given
        Device phone = franksDevice(one());
        Device desk = franksDevice(two());
        List<Presence> told = one().watch(erin, frank);
        awaitStates(told, PresenceState.ONLINE);

        // When
        phone.close();
        await().until(() -> one().inRedis(frank).contains("offline"));

        // Then
        desk.close();
        awaitStates(told, PresenceState.ONLINE, PresenceState.OFFLINE);
    }

    @Test
    void shouldNotTellOfAShortAbsence() {
        // Given
        open(PresencePod.times(Duration.ofSeconds(5), NEVER));
        Device before = franksDevice(one());
        List<Presence> told = one().watch(erin, frank);
        awaitStates(told, PresenceState.ONLINE);

        // When
        before.close();
        Device after = two().devices.connected(frank, Duration.ZERO);

        // Then
        await().until(() -> one().inRedis(frank).contains("offline"));
        after.close();
        awaitStates(told, PresenceState.ONLINE, PresenceState.OFFLINE);
    }

    @Test
    void shouldTellWhenNoDeviceIsUsedAndWhenOneIsAgain() {
        // Given
        open(PresencePod.times(Duration.ofMillis(200), Duration.ofSeconds(2)));
        Device phone = one().devices.connected(frank, Duration.ZERO);
        Device desk = two().devices.connected(frank, Duration.ZERO);
        List<Presence> told = one().watch(erin, frank);
        await().until(() -> states(told).contains(PresenceState.AWAY));

        // When
        phone.active();

        // Then
        await().until(() ->
                states(told).lastIndexOf(PresenceState.ONLINE) > states(told).indexOf(PresenceState.AWAY));
        desk.close();
    }

    @Test
    void shouldNotTakeSomebodyWhoseDeviceComesBackByItselfForOnline() {
        // Given
        open(PresencePod.times(Duration.ofSeconds(5), Duration.ofMinutes(5)));
        Device before = one().devices.connected(frank, Duration.ofHours(2));
        await().until(() -> one().inRedis(frank).contains("away"));
        List<Presence> told = two().watch(erin, frank);
        awaitStates(told, PresenceState.AWAY);

        // When
        before.close();
        Device after = two().devices.connected(frank, Duration.ofHours(2));

        // Then
        await().until(() -> one().inRedis(frank).contains("offline"));
        after.close();
        awaitStates(told, PresenceState.AWAY, PresenceState.OFFLINE);
    }

    @Test
    void shouldAnswerHowUsersAreNow() {
        // Given
        UserId gina = new UserId("gina-" + UUID.randomUUID());
        pods.one().rooms.putMember(erin, room, gina, Role.MEMBER);
        one().lastSeen.seen(gina, 1_234);
        Device device = two().devices.connected(frank, Duration.ZERO);
        await().until(() -> two().inRedis(frank).contains("online"));

        // When
        List<Presence> answer = one().service.presence(erin, List.of(gina, frank, erin));

        // Then
        assertThat(answer)
                .containsExactly(
                        new Presence(gina, PresenceState.OFFLINE, 1_234L),
                        new Presence(frank, PresenceState.ONLINE, null),
                        Presence.unknown(erin));
        pods.killRedis();
        assertRefused(() -> one().service.presence(erin, List.of(frank)), ErrorCode.UNAVAILABLE);
        device.close();
    }

    @Test
    void shouldCountTheMembersOfARoomWhoAreThere() {
        // Given
        Device device = two().devices.connected(frank, Duration.ZERO);
        await().until(() -> two().inRedis(frank).contains("online"));

        // When
        RoomPresence.Count count = one().counts.count(erin, room);

        // Then
        assertThat(count).isEqualTo(new RoomPresence.Count(2, 1, 0));
        assertRefused(() -> one().counts.count(new UserId("stranger"), room), ErrorCode.NOT_FOUND);
        pods.killRedis();
        assertRefused(() -> two().counts.count(erin, room), ErrorCode.UNAVAILABLE);
        device.close();
    }

    @Test
    void shouldBoundWhomAConnectionWatches() {
        // Given
        List<UserId> many = IntStream.range(0, PresenceSubscriptions.USERS_MAX + 1)
                .mapToObj(i -> new UserId("user-" + i))
                .toList();

        // When
        // Then
        assertRefused(() -> one().service.subscriptions(erin, told -> true).subscribe(many), ErrorCode.TOO_LARGE);
        assertRefused(() -> one().service.presence(erin, many), ErrorCode.TOO_LARGE);
    }

    @Test
    void shouldTellAgainOneWhoHadNoRoomForIt() {
        // Given
        AtomicBoolean full = new AtomicBoolean(true);
        AtomicInteger dropped = new AtomicInteger();
        List<Presence> others = one().watch(erin, frank);
        List<Presence> told = new CopyOnWriteArrayList<>();
        one().service
                .subscriptions(erin, presence -> full.get() ? dropped.incrementAndGet() < 0 : told.add(presence))
                .subscribe(List.of(frank));
        awaitStates(others, PresenceState.OFFLINE);
        Device device = two().devices.connected(frank, Duration.ZERO);
        awaitStates(others, PresenceState.OFFLINE, PresenceState.ONLINE);
        await().until(() -> dropped.get() > 1);

        // When
        full.set(false);

        // Then
        awaitStates(told, PresenceState.ONLINE);
        device.close();
        awaitStates(told, PresenceState.ONLINE, PresenceState.OFFLINE);
    }

    @Test
    void shouldTellNothingAfterTheEndOfASubscription() {
        // Given
        List<Presence> others = one().watch(erin, frank);
        List<Presence> told = new CopyOnWriteArrayList<>();
        PresenceSubscriptions subscriptions = one().service.subscriptions(erin, told::add);
        subscriptions.subscribe(List.of(frank));
        awaitStates(told, PresenceState.OFFLINE);
        awaitStates(others, PresenceState.OFFLINE);

        // When
        subscriptions.unsubscribe(List.of(frank));
        Device device = two().devices.connected(frank, Duration.ZERO);

        // Then
        awaitStates(others, PresenceState.OFFLINE, PresenceState.ONLINE);
        assertThat(states(told)).containsExactly(PresenceState.OFFLINE);
        device.close();
    }
}
