package io.chatcluster.chat.presence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.chatcluster.chat.protocol.ChatException;
import io.chatcluster.chat.protocol.ErrorCode;
import io.chatcluster.chat.room.RoomId;
import io.chatcluster.chat.room.UserId;
import io.chatcluster.chat.services.Patience;
import io.chatcluster.chat.services.PresencePod;
import io.chatcluster.chat.services.TwoPods;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Erin watches Frank, with whom she shares a room, on two pods. */
abstract class TwoPresencePods {

    static final Duration NEVER = Duration.ofHours(1);
    /** Short, and yet long enough for a machine that does a lot else. */
    private static final PresenceTimes TIMES = PresencePod.times(Duration.ofMillis(200), NEVER);

    @RegisterExtension
    final TwoPods pods = new TwoPods();

    final UserId erin = new UserId("erin-" + UUID.randomUUID());
    final UserId frank = new UserId("frank-" + UUID.randomUUID());
    RoomId room = new RoomId("unset");
    private List<PresencePod> presence = List.of();

    @BeforeEach
    void open() {
        open(TIMES);
        room = pods.one().rooms.group(erin, "room", List.of(frank)).id();
    }

    void open(PresenceTimes times) {
        close();
        pods.awaitRedis();
        presence = List.of(pods.one().presence(times), pods.two().presence(times));
    }

    @AfterEach
    void close() {
        presence.forEach(PresencePod::close);
    }

    PresencePod one() {
        return presence.getFirst();
    }

    PresencePod two() {
        return presence.getLast();
    }

    /** A device of Frank's, of which every pod can know. */
    Device franksDevice(PresencePod pod) {
        Device device = pod.devices.connected(frank, Duration.ZERO);
        await().until(() -> pod.inRedis(frank).contains("online"));
        return device;
    }

    static void eventuallyOffline(List<? extends Presence> told) {
        await().until(() -> !told.isEmpty());
        assertThat(told.getFirst().state()).isEqualTo(PresenceState.OFFLINE);
        assertThat(told.getFirst().lastSeen()).isNotNull();
    }

    static void assertRefused(ThrowingCallable call, ErrorCode code) {
        assertThatThrownBy(call)
                .isInstanceOfSatisfying(
                        ChatException.class, e -> assertThat(e.code()).isEqualTo(code));
    }

    /** Waits until as many were told, and expects exactly these. */
    static void awaitStates(List<Presence> told, PresenceState... states) {
        await().until(() -> told.size() >= states.length);
        assertThat(states(told)).containsExactly(states);
    }

    static List<PresenceState> states(List<Presence> told) {
        return told.stream().map(Presence::state).toList();
    }

    static ConditionFactory await() {
        return Patience.await().atMost(Duration.ofSeconds(60)).pollInterval(Duration.ofMillis(20));
    }
}
