package io.chatcluster.chat.presence;

import static org.assertj.core.api.Assertions.assertThat;

import io.chatcluster.chat.room.Role;
import io.chatcluster.chat.room.UserId;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import software.amazon.awssdk.services.dynamodb.model.QueryRequest;

@Execution(ExecutionMode.CONCURRENT)
class VisibilityTest extends TwoPresencePods {

    @Test
    void shouldShowStrangersNothing() {
        // Given
        UserId stranger = new UserId("stranger-" + UUID.randomUUID());
        one().lastSeen.seen(frank, 1_234);
        Device device = franksDevice(one());
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
        Device device = franksDevice(two());
        List<Presence> told = one().watch(erin, frank);
        awaitStates(told, PresenceState.ONLINE);

        // When
        erinIsRemoved();
        device.close();

        // Then
        awaitStates(told, PresenceState.ONLINE, PresenceState.OFFLINE);
        assertThat(told.getLast()).isEqualTo(Presence.unknown(frank));
    }

    @Test
    void shouldShowAUserWhoseSharedRoomHasNotComeToThisPodYet() {
        // Given
        Device device = franksDevice(two());
        List<Presence> told = new CopyOnWriteArrayList<>();

        // When
        one().service.subscriptions(erin, told::add).subscribe(List.of(frank));

        // Then
        awaitStates(told, PresenceState.ONLINE);
        awaitStates(one().watch(erin, frank), PresenceState.ONLINE);
        assertThat(states(told)).containsExactly(PresenceState.ONLINE);
        device.close();
    }

    @Test
    void shouldTellOnceThatAUserCannotBeSeenAnyMoreWhateverTheyDo() {
        // Given
        UserId gina = new UserId("gina-" + UUID.randomUUID());
        pods.one().rooms.putMember(erin, room, gina, Role.MEMBER);
        List<Presence> others = one().watch(gina, frank);
        List<Presence> told = one().watch(erin, frank);
        awaitStates(told, PresenceState.OFFLINE);
        erinIsRemoved();

        // When
        Device device = two().devices.connected(frank, Duration.ZERO);
        awaitStates(others, PresenceState.OFFLINE, PresenceState.ONLINE);
        device.close();
        awaitStates(others, PresenceState.OFFLINE, PresenceState.ONLINE, PresenceState.OFFLINE);

        // Then
        awaitStates(told, PresenceState.OFFLINE, PresenceState.OFFLINE);
        assertThat(told.getLast()).isEqualTo(Presence.unknown(frank));
    }

    @Test
    void shouldTellOfAWatchedUserWhenAskedAgainAfterARoomIsSharedAgain() {
        // Given
        Device device = franksDevice(two());
        one().watch(erin, erin);
        List<Presence> told = new CopyOnWriteArrayList<>();
        PresenceSubscriptions subscriptions = one().service.subscriptions(erin, told::add);
        subscriptions.subscribe(List.of(frank));
        awaitStates(told, PresenceState.ONLINE);
        erinIsRemoved();
        device.close();
        awaitStates(told, PresenceState.ONLINE, PresenceState.OFFLINE);

        // When
        pods.two().rooms.putMember(frank, room, erin, Role.MEMBER);
        Device again = franksDevice(two());
        subscriptions.subscribe(List.of(frank));

        // Then
        await().until(() -> told.getLast().state() == PresenceState.ONLINE);
        again.close();
    }

    @Test
    void shouldTellNothingUntilItIsKnownWhoMaySeeAUser() {
        // Given
        List<Presence> told = new CopyOnWriteArrayList<>();
        one().service.subscriptions(erin, told::add).subscribe(List.of(frank));
        awaitStates(told, PresenceState.OFFLINE);
        pods.one().faults.failReads(true);
        int before = pods.one().faults.requests(QueryRequest.class);

        // When
        Device device = two().devices.connected(frank, Duration.ZERO);
        await().until(() -> pods.one().faults.requests(QueryRequest.class) > before);
        assertThat(states(told)).containsExactly(PresenceState.OFFLINE);
        pods.one().faults.failReads(false);

        // Then
        awaitStates(told, PresenceState.OFFLINE, PresenceState.ONLINE);
        device.close();
    }

    private void erinIsRemoved() {
        pods.two().rooms.putMember(erin, room, frank, Role.OWNER);
        pods.two().rooms.removeMember(frank, room, erin);
        await().until(() -> !pods.one().hub.inAny(erin, Set.of(room)));
    }
}
