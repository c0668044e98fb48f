package io.chatcluster.chat.room;

import static io.chatcluster.chat.services.TwoPods.ALICE;
import static io.chatcluster.chat.services.TwoPods.BOB;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.chatcluster.chat.message.StoredEvent;
import io.chatcluster.chat.protocol.ChatException;
import io.chatcluster.chat.protocol.ErrorCode;
import io.chatcluster.chat.services.TwoPods;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class RoomServiceTest {

    private static final UserId CAROL = new UserId("carol");
    private static final UserId DAVE = new UserId("dave");

    @RegisterExtension
    final TwoPods pods = new TwoPods();

    private static void assertRefused(ThrowingCallable call, ErrorCode code) {
        assertThatThrownBy(call)
                .isInstanceOfSatisfying(
                        ChatException.class, e -> assertThat(e.code()).isEqualTo(code));
    }

    @Test
    void shouldFindTheSameDirectRoomFromBothSidesAtOnce() {
        // Given
        UserId erin = new UserId("erin");
        UserId frank = new UserId("frank");

        // When
        CompletableFuture<FoundRoom> one =
                CompletableFuture.supplyAsync(() -> pods.one().rooms.direct(erin, frank));
        CompletableFuture<FoundRoom> other =
                CompletableFuture.supplyAsync(() -> pods.two().rooms.direct(frank, erin));

        // Then
        assertThat(one.join().room().id()).isEqualTo(other.join().room().id());
        assertThat(one.join().created()).isNotEqualTo(other.join().created());
        assertThat(pods.one().rooms.members(erin, one.join().room().id(), null, 10))
                .extracting(Membership::user)
                .containsExactlyInAnyOrder(erin, frank);
    }

    @Test
    void shouldKeepTheMembersOfADirectRoomFixed() {
        // Given
        RoomId direct = pods.one().rooms.direct(ALICE, BOB).room().id();

        // When
        // Then
        assertRefused(() -> pods.one().rooms.putMember(ALICE, direct, CAROL, Role.MEMBER), ErrorCode.FORBIDDEN);
        assertRefused(() -> pods.one().rooms.removeMember(ALICE, direct, ALICE), ErrorCode.INVALID);
    }

    @Test
    void shouldRefuseWhatTheRoleDoesNotAllow() {
        // Given
        pods.one().rooms.putMember(ALICE, pods.room(), CAROL, Role.READONLY);

        // When
        // Then
        assertRefused(() -> pods.one().send(CAROL, pods.room(), "x"), ErrorCode.FORBIDDEN);
        assertRefused(() -> pods.one().rooms.rename(BOB, pods.room(), "mine"), ErrorCode.FORBIDDEN);
        assertRefused(() -> pods.one().rooms.putMember(BOB, pods.room(), DAVE, Role.MEMBER), ErrorCode.FORBIDDEN);
        assertRefused(() -> pods.one().rooms.delete(BOB, pods.room()), ErrorCode.FORBIDDEN);
        assertRefused(() -> pods.one().rooms.rename(DAVE, pods.room(), "mine"), ErrorCode.NOT_FOUND);
    }

    @Test
    void shouldNotLetAnAdminMakeOwners() {
        // Given
        pods.one().rooms.putMember(ALICE, pods.room(), BOB, Role.ADMIN);

        // When
        pods.one().rooms.putMember(BOB, pods.room(), CAROL, Role.ADMIN);

        // Then
        assertRefused(() -> pods.one().rooms.putMember(BOB, pods.room(), CAROL, Role.OWNER), ErrorCode.FORBIDDEN);
        assertRefused(() -> pods.one().rooms.removeMember(BOB, pods.room(), ALICE), ErrorCode.FORBIDDEN);
    }

    @Test
    void shouldNotLeaveARoomWithoutAnOwner() {
        // Given the one owner alice
        // When
        // Then
        assertRefused(() -> pods.one().rooms.removeMember(ALICE, pods.room(), ALICE), ErrorCode.CONFLICT);
        assertRefused(() -> pods.one().rooms.putMember(ALICE, pods.room(), ALICE, Role.MEMBER), ErrorCode.CONFLICT);
    }

    @Test
    void shouldBoundTheMembers() {
        // Given a limit of five members
        for (String name : List.of("c", "d", "e")) {
            pods.one().rooms.putMember(ALICE, pods.room(), new UserId(name), Role.MEMBER);
        }

        // When
        // Then
        assertRefused(
                () -> pods.one().rooms.putMember(ALICE, pods.room(), new UserId("f"), Role.MEMBER),
                ErrorCode.TOO_LARGE);
        List<UserId> five =
                List.of("1", "2", "3", "4", "5").stream().map(UserId::new).toList();
        assertRefused(() -> pods.one().rooms.group(ALICE, "big", five), ErrorCode.TOO_LARGE);
    }

    @Test
    void shouldWriteRoomChangesIntoTheLog() {
        // Given
        pods.send(pods.one(), 1, 1);

        // When
        pods.one().rooms.putMember(ALICE, pods.room(), CAROL, Role.MEMBER);
        pods.one().rooms.putMember(ALICE, pods.room(), CAROL, Role.ADMIN);
        pods.one().rooms.rename(ALICE, pods.room(), "new \"name\"");
        pods.one().rooms.removeMember(CAROL, pods.room(), CAROL);

        // Then
        assertThat(pods.two().log.after(pods.room(), 1, 10))
                .extracting(StoredEvent::body)
                .map(body -> body.replaceFirst("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}", "UUID"))
                .containsExactly(
                        "\"type\":\"joined\",\"from\":\"alice\",\"clientMessageId\":\"UUID\",\"user\":\"carol\",\"role\":\"member\"}",
                        "\"type\":\"role\",\"from\":\"alice\",\"clientMessageId\":\"UUID\",\"user\":\"carol\",\"role\":\"admin\"}",
                        "\"type\":\"room\",\"from\":\"alice\",\"clientMessageId\":\"UUID\",\"name\":\"new \\\"name\\\"\"}",
                        "\"type\":\"left\",\"from\":\"carol\",\"clientMessageId\":\"UUID\",\"user\":\"carol\"}");
        assertThat(pods.two().rooms.room(ALICE, pods.room()).name()).isEqualTo("new \"name\"");
    }

    @Test
    void shouldEndARoomForAllItsMembers() {
        // Given
        pods.send(pods.one(), 1, 1);

        // When
        pods.one().rooms.delete(ALICE, pods.room());

        // Then
        assertRefused(() -> pods.two().rooms.room(ALICE, pods.room()), ErrorCode.NOT_FOUND);
        assertRefused(() -> pods.two().rooms.room(BOB, pods.room()), ErrorCode.NOT_FOUND);
        assertThat(pods.two().following(BOB, pods.room()).rooms())
                .extracting(v -> v.room().id())
                .doesNotContain(pods.room());
    }
}
