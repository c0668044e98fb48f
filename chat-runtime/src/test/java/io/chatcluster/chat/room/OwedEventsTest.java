package io.chatcluster.chat.room;

import static io.chatcluster.chat.services.TwoPods.ALICE;
import static io.chatcluster.chat.services.TwoPods.BOB;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.chatcluster.chat.message.Batch;
import io.chatcluster.chat.message.StoredEvent;
import io.chatcluster.chat.protocol.ChatException;
import io.chatcluster.chat.protocol.ErrorCode;
import io.chatcluster.chat.services.Patience;
import io.chatcluster.chat.services.Pod;
import io.chatcluster.chat.services.TwoPods;
import java.time.Duration;
import java.util.List;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A change is stored, and what its room's log is to tell of it did not get there. */
@Execution(ExecutionMode.CONCURRENT)
class OwedEventsTest {

    private static final UserId CAROL = new UserId("carol");
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    enum Change {
        INVITATION("\"type\":\"joined\",\"from\":\"alice\"") {
            @Override
            void ask(Pod pod, RoomId room) {
                pod.rooms.putMember(ALICE, room, CAROL, Role.MEMBER);
            }
        },
        ROLE("\"type\":\"role\",\"from\":\"alice\"") {
            @Override
            void ask(Pod pod, RoomId room) {
                pod.rooms.putMember(ALICE, room, BOB, Role.ADMIN);
            }
        },
        REMOVAL("\"type\":\"left\",\"from\":\"alice\"") {
            @Override
            void ask(Pod pod, RoomId room) {
                pod.rooms.removeMember(ALICE, room, BOB);
            }
        },
        NAME("\"type\":\"room\",\"from\":\"alice\"") {
            @Override
            void ask(Pod pod, RoomId room) {
                pod.rooms.rename(ALICE, room, "new");
            }
        };

        private final String event;

        Change(String event) {
            this.event = event;
        }

        abstract void ask(Pod pod, RoomId room);
    }

    /** Whoever lists alice's rooms on another pod would have what they owe logged. */
    @RegisterExtension
    final TwoPods pods = TwoPods.onTablesOfTheirOwn();

    @ParameterizedTest
    @EnumSource
    void shouldBeLoggedWhenItIsAskedForAgain(Change change) {
        // Given
        failToLog(() -> change.ask(pods.one(), pods.room()));
        assertThat(logged()).isEmpty();

        // When
        change.ask(pods.two(), pods.room());
        change.ask(pods.one(), pods.room());

        // Then
        assertThat(logged()).singleElement().asString().startsWith(change.event);
        assertThat(owed()).isEmpty();
    }

    @Test
    void shouldBeLoggedWhenSomebodyAsksAgainWhoHasLeft() {
        // Given
        failToLog(() -> pods.one().rooms.removeMember(BOB, pods.room(), BOB));

        // When
        assertRefused(() -> pods.two().rooms.removeMember(BOB, pods.room(), BOB), ErrorCode.NOT_FOUND);

        // Then
        assertThat(logged()).singleElement().asString().startsWith("\"type\":\"left\",\"from\":\"bob\"");
    }

    @Test
    void shouldNotBeTakenForDoneWhileTheLogDoesNotTakeIt() {
        // Given
        failToLog(() -> Change.INVITATION.ask(pods.one(), pods.room()));
        pods.two().faults.refusePuts(true);

        // Then
        assertRefused(() -> Change.INVITATION.ask(pods.two(), pods.room()), ErrorCode.UNAVAILABLE);
        assertThat(owed()).hasSize(1);
    }

    @Test
    void shouldBeLoggedWhenAMemberLooksAtTheRoom() {
        // Given
        failToLog(() -> Change.INVITATION.ask(pods.one(), pods.room()));

        // When
        var unused = pods.two().following(BOB, pods.room());

        // Then
        Patience.await().atMost(PATIENCE).until(() -> owed().isEmpty());
        assertThat(logged()).singleElement().asString().startsWith(Change.INVITATION.event);
    }

    @Test
    void shouldBeLoggedBeforeLaterChanges() {
        // Given
        failToLog(() -> Change.INVITATION.ask(pods.one(), pods.room()));

        // When
        pods.two().rooms.removeMember(CAROL, pods.room(), CAROL);

        // Then
        assertThat(logged())
                .extracting(body -> body.substring(0, 14))
                .containsExactly("\"type\":\"joined", "\"type\":\"left\",");
    }

    @Test
    void shouldBeLoggedOnceThoughAPodDiedBeforeItNotedThat() {
        // Given
        OwedEvent event = pods.one().journal.renamed(ALICE, "new");
        pods.one().store.renameRoom(pods.room(), "new", event);
        pods.one().journal.append(pods.room(), event);

        // When
        Change.NAME.ask(pods.two(), pods.room());

        // Then
        assertThat(logged()).containsExactly(event.body());
        assertThat(owed()).isEmpty();
    }

    @Test
    void shouldBeLoggedOnceThoughThatWasNotNotedForLongerThanWritersRemember() {
        // Given
        long anHourAgo = System.currentTimeMillis() - Duration.ofHours(1).toMillis();
        OwedEvent event = new OwedEvent(
                anHourAgo, pods.one().journal.renamed(ALICE, "new").body());
        pods.one().store.renameRoom(pods.room(), "new", event);
        pods.one().log.append(new Batch(pods.room(), 1, "b", anHourAgo, List.of(event.body())));
        pods.send(pods.one(), 1, 1);

        // When
        Change.NAME.ask(pods.two(), pods.room());

        // Then
        assertThat(logged()).containsOnlyOnce(event.body()).hasSize(2);
        assertThat(owed()).isEmpty();
    }

    @Test
    void shouldBeLoggedAfterAnyTime() {
        // Given
        long anHourAgo = System.currentTimeMillis() - Duration.ofHours(1).toMillis();
        OwedEvent event = new OwedEvent(
                anHourAgo, pods.one().journal.renamed(ALICE, "new").body());
        pods.one().store.renameRoom(pods.room(), "new", event);
        pods.send(pods.one(), 1, 1);

        // When
        Change.NAME.ask(pods.two(), pods.room());

        // Then
        assertThat(logged()).last().isEqualTo(event.body());
    }

    @Test
    void shouldTellOfTheEndOfARoomOnceThoughItIsAskedForTwice() {
        // Given a deletion that stopped before the room was gone
        pods.one().store.endRoom(pods.room());
        pods.one().journal.append(pods.room(), pods.one().journal.deleted(ALICE));

        // When
        pods.two().rooms.delete(ALICE, pods.room());

        // Then
        assertThat(logged()).hasSize(1);
    }

    private void failToLog(ThrowingCallable change) {
        pods.one().faults.refusePuts(true);
        assertRefused(change, ErrorCode.UNAVAILABLE);
        pods.one().faults.refusePuts(false);
        assertThat(owed()).hasSize(1);
    }

    private List<String> logged() {
        return pods.two().log.after(pods.room(), 0, 100).stream()
                .map(StoredEvent::body)
                .toList();
    }

    private List<OwedEvent> owed() {
        return pods.two().store.room(pods.room()).orElseThrow().owed();
    }

    private static void assertRefused(ThrowingCallable call, ErrorCode code) {
        assertThatThrownBy(call)
                .isInstanceOfSatisfying(
                        ChatException.class, e -> assertThat(e.code()).isEqualTo(code));
    }
}
