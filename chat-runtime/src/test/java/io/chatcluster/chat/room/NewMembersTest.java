package io.chatcluster.chat.room;

import static io.chatcluster.chat.services.TwoPods.ALICE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.chatcluster.chat.delivery.LocalHub;
import io.chatcluster.chat.delivery.RoomNotice;
import io.chatcluster.chat.message.StoredEvent;
import io.chatcluster.chat.protocol.ChatException;
import io.chatcluster.chat.protocol.ErrorCode;
import io.chatcluster.chat.services.LostAnswers;
import io.chatcluster.chat.services.Patience;
import io.chatcluster.chat.services.TwoPods;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** Somebody connected is told of a room at once, although DynamoDB's answer was lost when they came into it. */
@Execution(ExecutionMode.CONCURRENT)
class NewMembersTest {

    private static final Duration PATIENCE = Duration.ofSeconds(30);

    /** Nobody is told by looking. */
    @RegisterExtension
    final TwoPods pods = new TwoPods(TwoPods.BY_REDIS_ALONE);

    private final UserId erin = new UserId("erin-" + UUID.randomUUID());
    private final List<RoomNotice> notices = new CopyOnWriteArrayList<>();
    private LocalHub.Online online;

    @BeforeEach
    void connect() {
        online = pods.one().hub.online(erin, notices::add);
        pods.awaitRedis();
    }

    @AfterEach
    void disconnect() {
        online.attachment().close();
    }

    @Test
    void shouldBeToldOfAGroup() {
        // Given
        loseAnswers(1);

        // When
        RoomId room = pods.one().rooms.group(erin, "new", List.of()).id();

        // Then
        awaitAdded(room);
    }

    @Test
    void shouldBeToldOfADirectRoom() {
        // Given
        loseAnswers(1);

        // When
        RoomId room = pods.one().rooms.direct(erin, ALICE).room().id();

        // Then
        awaitAdded(room);
    }

    @Test
    void shouldBeToldOfADirectRoomThatIsAskedForAgain() {
        // Given
        loseAnswers(LostAnswers.ALL_ATTEMPTS);
        assertUnavailable(() -> pods.one().rooms.direct(erin, ALICE));

        // When
        RoomId room = pods.one().rooms.direct(erin, ALICE).room().id();

        // Then
        awaitAdded(room);
    }

    @Test
    void shouldBeToldOfAnInvitationThatIsAskedForAgainAndTheLogOnce() {
        // Given
        loseAnswers(LostAnswers.ALL_ATTEMPTS);
        assertUnavailable(() -> pods.one().rooms.putMember(ALICE, pods.room(), erin, Role.MEMBER));

        // When
        pods.one().rooms.putMember(ALICE, pods.room(), erin, Role.MEMBER);

        // Then
        awaitAdded(pods.room());
        assertThat(pods.one().log.after(pods.room(), 0, 10))
                .extracting(StoredEvent::body)
                .singleElement()
                .asString()
                .startsWith("\"type\":\"joined\"");
    }

    @Test
    void shouldBeToldOfARemovalThatIsAskedForAgain() {
        // Given
        pods.one().rooms.putMember(ALICE, pods.room(), erin, Role.MEMBER);
        awaitAdded(pods.room());
        loseAnswers(LostAnswers.ALL_ATTEMPTS);
        assertUnavailable(() -> pods.one().rooms.removeMember(ALICE, pods.room(), erin));

        // When
        pods.one().rooms.removeMember(ALICE, pods.room(), erin);

        // Then
        awaitNotice(new RoomNotice.Removed(pods.room()));
    }

    private void loseAnswers(int count) {
        pods.one().faults.loseAnswersOfWritesTo("members", count);
    }

    private void awaitAdded(RoomId room) {
        awaitNotice(new RoomNotice.Added(room));
    }

    private void awaitNotice(RoomNotice notice) {
        Patience.await(notice.toString()).atMost(PATIENCE).until(() -> notices.contains(notice));
    }

    private static void assertUnavailable(ThrowingCallable call) {
        assertThatThrownBy(call)
                .isInstanceOfSatisfying(
                        ChatException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.UNAVAILABLE));
    }
}
