package io.chatcluster.chat.room;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.chatcluster.chat.delivery.RoomNotice;
import io.chatcluster.chat.presence.PresenceState;
import io.chatcluster.chat.presence.RedisPresenceStore;
import io.chatcluster.chat.presence.RoomPresence;
import io.chatcluster.chat.presence.Sighting;
import io.chatcluster.chat.protocol.ChatException;
import io.chatcluster.chat.protocol.ErrorCode;
import io.chatcluster.chat.services.DynamoDbLocal;
import io.chatcluster.chat.services.Inbox;
import io.chatcluster.chat.services.Patience;
import io.chatcluster.chat.services.Pod;
import io.chatcluster.chat.services.RedisServer;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

@Execution(ExecutionMode.CONCURRENT)
class LargeRoomTest {

    private static final int MEMBERS = 10_000;
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final UserId OWNER = new UserId("owner");
    private static final UserId LATE = new UserId("late");

    @Test
    void shouldServeARoomOfTenThousand() {
        // Given
        String tables = "large-" + UUID.randomUUID() + "-";
        DynamoDbLocal.running().createTables(tables);
        List<UserId> others = IntStream.range(1, MEMBERS)
                .mapToObj(i -> new UserId("user-" + i))
                .toList();
        try (RedisServer redis = new RedisServer().start();
                Pod one = new Pod(tables, Map.of("chat.limits.room-members-max", "10000"), redis);
                Pod two = new Pod(tables, Map.of("chat.limits.room-members-max", "10000"), redis)) {

            // When
            RoomId room = one.rooms.group(OWNER, "everybody", others).id();

            // Then
            assertThat(two.rooms.room(OWNER, room).members()).isEqualTo(MEMBERS);
            Patience.await().atMost(PATIENCE).until(() -> everybody(two, room).size() == MEMBERS);
            assertThatThrownBy(() -> two.rooms.putMember(OWNER, room, LATE, Role.MEMBER))
                    .isInstanceOfSatisfying(
                            ChatException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.TOO_LARGE));
            sendsAndJoinsWithoutReadingTheMembers(one, two, room);
            Patience.await().atMost(PATIENCE).until(() -> everybody(two, room).contains(LATE));
            countsThoseWhoAreThere(one, two, room);
            tellsAReadMarkerToTheReadersOwnConnectionsAlone(one, two, room);
        }
    }

    private static void sendsAndJoinsWithoutReadingTheMembers(Pod one, Pod two, RoomId room) {
        // Given
        UserId reader = new UserId("user-5000");
        Inbox inbox = new Inbox();
        try (var attachment = two.hub.attach(reader, room, two.hub.tail(room), inbox)) {
            assertThat(attachment).isNotNull();
            int before = one.requests.count("Query byRoom") + two.requests.count("Query byRoom");

            // When
            IntStream.range(0, 20).forEach(i -> {
                var unused =
                        one.send(new UserId("user-" + (i + 1)), room, "m" + i).join();
            });
            one.rooms.removeMember(OWNER, room, new UserId("user-77"));
            one.rooms.putMember(OWNER, room, LATE, Role.MEMBER);

            // Then
            inbox.await(22, PATIENCE);
            assertThat(inbox.seqs()).isEqualTo(Inbox.dense(1, 22));
            assertThat(one.requests.count("Query byRoom") + two.requests.count("Query byRoom"))
                    .isEqualTo(before);
        }
    }

    private static void countsThoseWhoAreThere(Pod one, Pod two, RoomId room) {
        // Given
        Sighting online = new Sighting(PresenceState.ONLINE, System.currentTimeMillis());
        new RedisPresenceStore(one.broker, PATIENCE)
                .report(Map.of(new UserId("user-1"), online, new UserId("user-9998"), online));

        // When
        RoomPresence.Count count =
                new RoomPresence(two.rooms, new RedisPresenceStore(two.broker, PATIENCE)).count(OWNER, room);

        // Then
        assertThat(count).isEqualTo(new RoomPresence.Count(MEMBERS, 2, 0));
    }

    private static void tellsAReadMarkerToTheReadersOwnConnectionsAlone(Pod one, Pod two, RoomId room) {
        // Given
        UserId reader = new UserId("user-4000");
        List<RoomNotice> here = new CopyOnWriteArrayList<>();
        List<RoomNotice> there = new CopyOnWriteArrayList<>();
        List<RoomNotice> others = new CopyOnWriteArrayList<>();
        Inbox inbox = new Inbox();
        one.hub.online(reader, here::add);
        two.hub.online(reader, there::add);
        two.hub.online(new UserId("user-4001"), others::add);
        two.hub.attach(new UserId("user-4001"), room, two.hub.tail(room), inbox);
        Patience.await().atMost(PATIENCE).until(() -> {
            one.rooms.mute(reader, room, true);
            return there.contains(new RoomNotice.Changed(room));
        });

        // When
        one.messages.read(reader, room, 5);

        // Then
        RoomNotice read = new RoomNotice.Read(room, 5);
        Patience.await().atMost(PATIENCE).until(() -> there.contains(read) && here.contains(read));
        assertThat(here).containsOnlyOnce(read);
        assertThat(others).isEmpty();
        assertThat(inbox.offers()).isEmpty();
    }

    private static Set<UserId> everybody(Pod pod, RoomId room) {
        Set<UserId> seen = new HashSet<>();
        List<Membership> page = pod.rooms.members(OWNER, room, null, 1_000);
        while (!page.isEmpty()) {
            page.forEach(member -> seen.add(member.user()));
            page = pod.rooms.members(OWNER, room, page.getLast().user(), 1_000);
        }
        return seen;
    }
}
