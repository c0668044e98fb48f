package io.chatcluster.chat.message;

import static io.chatcluster.chat.services.TwoPods.ALICE;
import static io.chatcluster.chat.services.TwoPods.BOB;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.chatcluster.chat.protocol.ChatException;
import io.chatcluster.chat.room.RoomListing;
import io.chatcluster.chat.room.RoomView;
import io.chatcluster.chat.room.UserId;
import io.chatcluster.chat.services.Inbox;
import io.chatcluster.chat.services.TwoPods;
import java.util.Collections;
import java.util.List;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class HistoryTest {

    @RegisterExtension
    final TwoPods pods = new TwoPods();

    /** Sequences 1..30, in batches of 1, 2, 3, … events, a second apart. */
    @BeforeEach
    void fillTheLog() {
        long first = 1;
        for (int size = 1; first <= 30; size++) {
            int events = (int) Math.min(size, 31 - first);
            List<String> bodies = LongStream.range(first, first + events)
                    .mapToObj(i -> EventBody.message(
                            new SendMessage(i % 2 == 0 ? ALICE : BOB, pods.room(), "c" + i, "t" + i, List.of(), null),
                            List.of()))
                    .toList();
            assertThat(pods.one().log.append(new Batch(pods.room(), first, "b" + first, size * 1_000L, bodies)))
                    .isInstanceOf(Append.Committed.class);
            first += events;
        }
    }

    private EventPage page(@Nullable Long before, @Nullable Long after, @Nullable Long at, int limit) {
        return pods.two().messages.history(BOB, pods.room(), new HistoryQuery(before, after, at, limit));
    }

    private static void assertPage(EventPage page, long first, long last, boolean more) {
        assertThat(page.events()).extracting(StoredEvent::seq).isEqualTo(Inbox.dense(first, last));
        assertThat(page.more()).isEqualTo(more);
    }

    @Test
    void shouldGiveTheLatestWhenNothingIsAskedFor() {
        // Given 30 events
        // When
        // Then
        assertPage(page(null, null, null, 7), 24, 30, true);
        assertPage(page(null, null, null, 200), 1, 30, false);
        assertPage(page(null, null, null, 30), 1, 30, false);
    }

    @Test
    void shouldSliceBeforeAnySequence() {
        // Given 30 events
        for (long before = 0; before <= 32; before++) {
            // When
            EventPage page = page(before, null, null, 4);

            // Then
            long last = Math.min(before - 1, 30);
            assertPage(page, Math.max(1, last - 3), last, last > 4);
        }
    }

    @Test
    void shouldSliceAfterAnySequence() {
        // Given 30 events
        for (long after = 0; after <= 32; after++) {
            // When
            EventPage page = page(null, after, null, 4);

            // Then
            assertPage(page, after + 1, Math.min(30, after + 4), after + 4 < 30);
        }
    }

    @Test
    void shouldFindATime() {
        // Given the batch of 4 (sequences 7 to 10) at 4 s
        // When
        // Then
        assertPage(page(null, null, 4_000L, 3), 7, 9, true);
        assertPage(page(null, null, 3_001L, 3), 7, 9, true);
        assertPage(page(null, null, 0L, 2), 1, 2, true);
        assertPage(page(null, null, 99_000L, 2), 1, 0, false);
    }

    @Test
    void shouldEndAPageByItsSizeAndSayThatThereIsMore() {
        // Given
        for (long seq = 31; seq <= 60; seq++) {
            append(seq, List.of(text("m" + seq, "x".repeat(60_000))));
        }

        // When
        EventPage last = page(null, null, null, 200);
        EventPage first = page(null, 30L, null, 200);

        // Then
        assertPage(last, 45, 60, true);
        assertPage(first, 31, 46, true);
        assertPage(page(45L, null, null, 200), 1, 44, false);
        assertPage(page(null, 46L, null, 200), 47, 60, false);
    }

    @Test
    void shouldFindTheLastMessageBehindManyOtherEvents() {
        // Given
        append(31, others(400));

        // When
        String message = lastMessage();

        // Then
        assertThat(message).contains("\"text\":\"t30\"");
    }

    @Test
    void shouldNotLookForTheLastMessageWithoutEnd() {
        // Given
        append(31, others(1_000));

        // When
        String message = lastMessage();

        // Then
        assertThat(message).isNull();
    }

    @Test
    void shouldNotCountTheUnreadWithoutEnd() {
        // Given
        for (int i = 0; i < 6; i++) {
            append(31 + 1_000L * i, others(1_000));
        }
        append(6_031, List.of(text("far", "far")));

        // When
        RoomListing listing = pods.two().rooms.rooms(BOB, null, 10);

        // Then
        assertThat(entry(listing).view().unread()).isEqualTo(15);
    }

    private void append(long first, List<String> bodies) {
        Batch batch = new Batch(pods.room(), first, "b" + first, 100_000 + first, bodies);
        assertThat(pods.one().log.append(batch)).isInstanceOf(Append.Committed.class);
    }

    private String text(String id, String text) {
        return EventBody.message(new SendMessage(ALICE, pods.room(), id, text, List.of(), null), List.of());
    }

    private static List<String> others(int count) {
        return Collections.nCopies(count, "\"type\":\"other\"}");
    }

    private @Nullable String lastMessage() {
        return entry(pods.two().rooms.rooms(BOB, null, 10)).lastMessage();
    }

    private RoomListing.Entry entry(RoomListing listing) {
        return listing.rooms().stream()
                .filter(entry -> entry.view().room().id().equals(pods.room()))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void shouldShowNothingToOthers() {
        // Given
        UserId mallory = new UserId("mallory");

        // When
        // Then
        assertThatThrownBy(() ->
                        pods.one().messages.history(mallory, pods.room(), HistoryQuery.of(null, null, null, null)))
                .isInstanceOf(ChatException.class);
    }

    @Test
    void shouldCountWhatOthersSaidSinceTheReadMarker() {
        // Given
        pods.one().messages.read(ALICE, pods.room(), 21);
        pods.one().messages.read(ALICE, pods.room(), 3);

        // When
        RoomView view = pods.two().following(ALICE, pods.room()).rooms().stream()
                .filter(v -> v.room().id().equals(pods.room()))
                .findFirst()
                .orElseThrow();

        // Then
        assertThat(view.membership().read()).isEqualTo(21);
        assertThat(view.tail()).isEqualTo(30);
        assertThat(view.unread()).isEqualTo(4);
    }
}
