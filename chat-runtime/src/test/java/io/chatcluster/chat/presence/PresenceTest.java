package io.chatcluster.chat.presence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.chatcluster.chat.protocol.ChatException;
import io.chatcluster.chat.protocol.ErrorCode;
import io.chatcluster.chat.room.Role;
import io.chatcluster.chat.room.RoomId;
import io.chatcluster.chat.room.UserId;
import io.chatcluster.chat.services.PresencePod;
import io.chatcluster.chat.services.TwoPods;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.IntStream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class PresenceTest {

    private static final Duration NEVER = Duration.ofHours(1);
    /** Short, and yet long enough for a machine that does a lot else. */
    private static final PresenceTimes TIMES = times(Duration.ofMillis(200), NEVER);

    @RegisterExtension
    final TwoPods pods = new TwoPods();

    private final UserId erin = new UserId("erin-" + UUID.randomUUID());
    private final UserId frank = new UserId("frank-" + UUID.randomUUID());
    private RoomId room = new RoomId("unset");
    private List<PresencePod> presence = List.of();

    private static PresenceTimes times(Duration grace, Duration awayAfter) {
        return new PresenceTimes(
                Duration.ofSeconds(1),
                Duration.ofSeconds(8),
                awayAfter,
                grace,
                grace.multipliedBy(2),
                Duration.ofSeconds(10),
                Duration.ofSeconds(1));
    }

    @BeforeEach
    void open() {
        open(TIMES);
        room = pods.one().rooms.group(erin, "room", List.of(frank)).id();
    }

    private void open(PresenceTimes times) {
        close();
        presence = List.of(pods.one().presence(times), pods.two().presence(times));
    }

    @AfterEach
    void close() {
        presence.forEach(PresencePod::close);
    }

    private PresencePod one() {
        return presence.getFirst();
    }

    private PresencePod two() {
        return presence.getLast();
    }

    @Test
    void shouldTellOnOnePodWhenAUserComesToAnotherAndLeaves() {
        // Given
        List<Presence> told = one().watch(erin, frank);
        awaitStates(told, PresenceState.OFFLINE);
        long before = System.currentTimeMillis();

        // When
        Device device = two().devices.connected(frank);
        awaitStates(told, PresenceState.OFFLINE, PresenceState.ONLINE);
        device.close();

        // Then
        awaitStates(told, PresenceState.OFFLINE, PresenceState.ONLINE, PresenceState.OFFLINE);
        assertThat(told.getFirst().lastSeen()).isNull();
        assertThat(told.get(1).lastSeen()).isNull();
        assertThat(told.getLast().lastSeen()).isGreaterThanOrEqualTo(before);
        await().until(() -> one().lastSeen.lastSeen(List.of(frank)).containsKey(frank));
        assertThat(two().watch(erin, frank)).satisfies(PresenceTest::eventuallyOffline);
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
        Device phone = one().devices.connected(frank);
        Device desk = two().devices.connected(frank);
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
        open(times(Duration.ofSeconds(5), NEVER));
        Device before = one().devices.connected(frank);
        List<Presence> told = one().watch(erin, frank);
        awaitStates(told, PresenceState.ONLINE);

        // When
        before.close();
        Device after = two().devices.connected(frank);

        // Then
        await().until(() -> one().inRedis(frank).contains("offline"));
        after.close();
        awaitStates(told, PresenceState.ONLINE, PresenceState.OFFLINE);
    }

    @Test
    void shouldTellWhenNoDeviceIsUsedAndWhenOneIsAgain() {
        // Given
        open(times(Duration.ofMillis(200), Duration.ofSeconds(2)));
        Device phone = one().devices.connected(frank);
        Device desk = two().devices.connected(frank);
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
    void shouldNoticeThatAPodDied() {
        // Given
        Device device = two().devices.connected(frank);
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
        Device device = two().devices.connected(frank);
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
        Device device = two().devices.connected(frank);
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
        Device device = two().devices.connected(frank);

        // Then
        awaitStates(told, PresenceState.OFFLINE, PresenceState.ONLINE);
        device.close();
    }

    @Test
    void shouldShowStrangersNothing() {
        // Given
        UserId stranger = new UserId("stranger-" + UUID.randomUUID());
        one().lastSeen.seen(frank, 1_234);
        Device device = one().devices.connected(frank);
        awaitStates(one().watch(erin, frank), PresenceState.ONLINE);

        // When
        List<Presence> told = two().watch(stranger, frank);

        // Then
        assertThat(told).containsExactly(Presence.unknown(frank));
        assertThat(two().service.presence(stranger, List.of(frank))).containsExactly(Presence.unknown(frank));
        device.close();
    }

    @Test
    void shouldStopShowingAUserWithWhomNoRoomIsSharedAnyMore() {
        // Given
        Device device = two().devices.connected(frank);
        List<Presence> told = one().watch(erin, frank);
        awaitStates(told, PresenceState.ONLINE);

        // When
        pods.two().rooms.putMember(erin, room, frank, Role.OWNER);
        pods.two().rooms.removeMember(frank, room, erin);
        await().until(() -> !pods.one().hub.inAny(erin, Set.of(room)));
        device.close();

        // Then
        awaitStates(told, PresenceState.ONLINE, PresenceState.OFFLINE);
        assertThat(told.getLast()).isEqualTo(Presence.unknown(frank));
    }

    @Test
    void shouldAnswerHowUsersAreNow() {
        // Given
        UserId gina = new UserId("gina-" + UUID.randomUUID());
        pods.one().rooms.putMember(erin, room, gina, Role.MEMBER);
        one().lastSeen.seen(gina, 1_234);
        Device device = two().devices.connected(frank);
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
    void shouldBoundWhomAConnectionWatches() {
        // Given
        List<UserId> many = IntStream.range(0, PresenceSubscriptions.USERS_MAX + 1)
                .mapToObj(i -> new UserId("user-" + i))
                .toList();

        // When
        // Then
        assertRefused(() -> one().service.subscriptions(erin, told -> {}).subscribe(many), ErrorCode.TOO_LARGE);
        assertRefused(() -> one().service.presence(erin, many), ErrorCode.TOO_LARGE);
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
        Device device = two().devices.connected(frank);

        // Then
        awaitStates(others, PresenceState.OFFLINE, PresenceState.ONLINE);
        assertThat(states(told)).containsExactly(PresenceState.OFFLINE);
        device.close();
    }

    private static void eventuallyOffline(List<? extends Presence> told) {
        await().until(() -> !told.isEmpty());
        assertThat(told.getFirst().state()).isEqualTo(PresenceState.OFFLINE);
        assertThat(told.getFirst().lastSeen()).isNotNull();
    }

    private static void assertRefused(ThrowingCallable call, ErrorCode code) {
        assertThatThrownBy(call)
                .isInstanceOfSatisfying(
                        ChatException.class, e -> assertThat(e.code()).isEqualTo(code));
    }

    /** Waits until as many were told, and expects exactly these. */
    private static void awaitStates(List<Presence> told, PresenceState... states) {
        await().until(() -> told.size() >= states.length);
        assertThat(states(told)).containsExactly(states);
    }

    private static List<PresenceState> states(List<Presence> told) {
        return told.stream().map(Presence::state).toList();
    }

    private static ConditionFactory await() {
        return Awaitility.await().atMost(Duration.ofSeconds(60)).pollInterval(Duration.ofMillis(20));
    }
}
