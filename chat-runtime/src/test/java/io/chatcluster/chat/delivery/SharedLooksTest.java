package io.chatcluster.chat.delivery;

import static io.chatcluster.chat.services.TwoPods.ALICE;
import static io.chatcluster.chat.services.TwoPods.BOB;
import static org.assertj.core.api.Assertions.assertThat;

import io.chatcluster.chat.room.RoomId;
import io.chatcluster.chat.services.Inbox;
import io.chatcluster.chat.services.Patience;
import io.chatcluster.chat.services.TwoPods;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import software.amazon.awssdk.services.dynamodb.model.BatchGetItemRequest;

class SharedLooksTest {

    private static final int ROOMS = 40;
    private static final String OTHER = "\"type\":\"other\"}";
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final HubTimes OFTEN = new HubTimes(
            Duration.ofMillis(50),
            Duration.ofMillis(500),
            Duration.ofMillis(500),
            Duration.ofDays(1),
            Duration.ofDays(1));

    @RegisterExtension
    final TwoPods pods = new TwoPods(OFTEN);

    @Test
    void shouldFindTheRoomThatWentOnAmongManyThatDidNot() {
        // Given
        List<RoomId> rooms = rooms();
        List<Inbox> inboxes = rooms.stream().map(this::attach).toList();

        // When
        pods.commitUnpublished(rooms.get(7), OTHER);

        // Then
        assertThat(inboxes.get(7).await(1, PATIENCE).seqs()).isEqualTo(Inbox.dense(1, 1));
        assertThat(inboxes).filteredOn(inbox -> !inbox.seqs().isEmpty()).hasSize(1);
    }

    @Test
    void shouldAskAboutManyRoomsInOneRequest() {
        // Given
        rooms().forEach(this::attach);
        int queries = pods.two().requests.count("Query");
        int shared = looks();

        // When each room has been looked at some times
        Patience.await().atMost(PATIENCE).until(() -> looks() >= shared + 20);

        // Then
        assertThat(pods.two().requests.count("Query") - queries).isLessThan(ROOMS);
    }

    @Test
    void shouldGoOnAfterAnAnswerThatWasLost() {
        // Given
        RoomId room = pods.room();
        Inbox inbox = attach(room);
        pods.two().faults.failReads(true);
        int before = looks();
        Patience.await().atMost(PATIENCE).until(() -> looks() > before);
        pods.commitUnpublished(room, OTHER);

        // When
        pods.two().faults.failReads(false);

        // Then
        assertThat(inbox.await(1, PATIENCE).seqs()).isEqualTo(Inbox.dense(1, 1));
    }

    @Test
    void shouldTellWhichLogsGoOnAfterASequence() {
        // Given
        RoomId quiet = pods.room();
        RoomId busy = pods.one().rooms.group(ALICE, "busy", List.of(BOB)).id();
        pods.commitUnpublished(busy, OTHER);

        // When
        var goneOn = pods.two().log.goneOn(Map.of(quiet, 0L, busy, 0L));

        // Then
        assertThat(goneOn).containsExactly(busy);
        assertThat(pods.two().log.goneOn(Map.of(busy, 1L))).isEmpty();
        assertThat(pods.two().log.goneOn(Map.of())).isEmpty();
    }

    /** How often the second pod has asked about rooms together. */
    private int looks() {
        return pods.two().faults.requests(BatchGetItemRequest.class);
    }

    private List<RoomId> rooms() {
        return Stream.generate(() ->
                        pods.one().rooms.group(ALICE, "room", List.of(BOB)).id())
                .limit(ROOMS)
                .toList();
    }

    private Inbox attach(RoomId room) {
        Inbox inbox = new Inbox();
        pods.two().hub.attach(BOB, room, 0, inbox);
        return inbox;
    }
}
