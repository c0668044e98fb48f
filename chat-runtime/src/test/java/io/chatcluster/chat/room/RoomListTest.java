package io.chatcluster.chat.room;

import static org.assertj.core.api.Assertions.assertThat;

import io.chatcluster.chat.services.TwoPods;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

@Execution(ExecutionMode.CONCURRENT)
class RoomListTest {

    @RegisterExtension
    final TwoPods pods = new TwoPods();

    private final UserId erin = new UserId("erin-" + UUID.randomUUID());
    private final UserId frank = new UserId("frank-" + UUID.randomUUID());

    @Test
    void shouldListTheNewestActivityFirst() {
        // Given
        RoomId quiet = pods.one().rooms.group(erin, "quiet", List.of()).id();
        RoomId busy = pods.one().rooms.group(erin, "busy", List.of(frank)).id();
        RoomId direct = pods.one().rooms.direct(erin, frank).room().id();
        var unused = pods.one().send(frank, direct, "first").join();
        var unused2 = pods.two().send(frank, busy, "second").join();
        pods.two().rooms.rename(erin, busy, "busier");

        // When
        RoomListing listing = pods.one().rooms.rooms(erin, null, 10);

        // Then
        assertThat(listing.rooms()).extracting(e -> e.view().room().id()).containsExactly(busy, direct, quiet);
        assertThat(listing.rooms()).extracting(e -> e.view().unread()).containsExactly(1, 1, 0);
        assertThat(listing.rooms()).extracting(e -> e.view().room().members()).containsExactly(2, 2, 1);
        assertThat(listing.rooms().getFirst().lastMessage()).contains("\"text\":\"second\"");
        assertThat(listing.rooms().get(1).view().membership().peer()).isEqualTo(frank);
        assertThat(listing.rooms().getLast().lastMessage()).isNull();
        assertThat(listing.next()).isNull();
    }

    @Test
    void shouldPageTheRooms() {
        // Given
        IntStream.range(0, 7).forEach(i -> pods.one().rooms.group(erin, "room " + i, List.of()));

        // When
        List<RoomId> seen = allPages(3);

        // Then
        assertThat(seen).hasSize(7).doesNotHaveDuplicates();
    }

    @Test
    void shouldPageTheRoomsOfAUserOfVeryManyWithoutLookingAtEach() {
        // Given
        int many = RoomViews.ACTIVITY_ORDER_MAX + 1;
        Concurrently.forEach(
                IntStream.range(0, many).boxed().toList(), i -> pods.one().rooms.group(erin, "room " + i, List.of()));
        int before = pods.two().requests.count("Query");

        // When
        RoomListing page = pods.two().rooms.rooms(erin, null, 10);

        // Then
        assertThat(page.rooms()).hasSize(10);
        assertThat(pods.two().requests.count("Query") - before).isLessThan(50);
        assertThat(allPages(100))
                .hasSize(many)
                .doesNotHaveDuplicates()
                .isSortedAccordingTo((one, other) -> one.value().compareTo(other.value()));
    }

    private List<RoomId> allPages(int limit) {
        List<RoomId> seen = new ArrayList<>();
        RoomCursor cursor = null;
        do {
            RoomListing page = pods.two().rooms.rooms(erin, cursor, limit);
            page.rooms().forEach(entry -> seen.add(entry.view().room().id()));
            cursor = page.next() == null ? null : RoomCursor.parse(page.next().toString());
        } while (cursor != null);
        return seen;
    }
}
