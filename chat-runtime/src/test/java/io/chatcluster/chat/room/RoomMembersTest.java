package io.chatcluster.chat.room;

import static io.chatcluster.chat.services.TwoPods.ALICE;
import static io.chatcluster.chat.services.TwoPods.BOB;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.chatcluster.chat.protocol.ChatException;
import io.chatcluster.chat.protocol.ErrorCode;
import io.chatcluster.chat.services.TwoPods;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.BiConsumer;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

@Execution(ExecutionMode.CONCURRENT)
class RoomMembersTest {

    private static final UserId CAROL = new UserId("carol");

    @RegisterExtension
    final TwoPods pods = new TwoPods();

    @RepeatedTest(5)
    void shouldKeepAnOwnerWhenTwoLeaveAtOnce() {
        // Given
        RoomId room = roomOfTwoOwners();

        // When
        List<ErrorCode> refusals = atOnce(
                () -> pods.one().rooms.removeMember(ALICE, room, ALICE),
                () -> pods.two().rooms.removeMember(BOB, room, BOB));

        // Then
        assertThat(refusals).containsExactly(ErrorCode.CONFLICT);
        assertOneOwner(room);
    }

    @RepeatedTest(5)
    void shouldKeepAnOwnerWhenTwoStepDownAtOnce() {
        // Given
        RoomId room = roomOfTwoOwners();

        // When
        List<ErrorCode> refusals = atOnce(
                () -> pods.one().rooms.putMember(ALICE, room, ALICE, Role.MEMBER),
                () -> pods.two().rooms.putMember(BOB, room, BOB, Role.ADMIN));

        // Then
        assertThat(refusals).containsExactly(ErrorCode.CONFLICT);
        assertOneOwner(room);
    }

    @Test
    void shouldLetAnOwnerLeaveWhoMadeAnother() {
        // Given
        RoomId room = roomOfTwoOwners();

        // When
        pods.one().rooms.removeMember(ALICE, room, ALICE);

        // Then
        assertOneOwner(room);
        assertRefused(() -> pods.two().rooms.removeMember(BOB, room, BOB), ErrorCode.CONFLICT);
    }

    @Test
    void shouldHoldTheBoundHoweverManyJoinAtOnce() {
        // Given a limit of five members, two of whom are there
        List<Runnable> joins = new ArrayList<>();
        for (int i = 0; i < 10; i++) {
            UserId user = new UserId("user-" + i);
            var pod = i % 2 == 0 ? pods.one() : pods.two();
            joins.add(() -> pod.rooms.putMember(ALICE, pods.room(), user, Role.MEMBER));
        }

        // When
        List<ErrorCode> refusals = atOnce(joins.toArray(Runnable[]::new));

        // Then
        assertThat(refusals).hasSize(7).containsOnly(ErrorCode.TOO_LARGE);
        assertThat(pods.one().rooms.members(ALICE, pods.room(), null, 100)).hasSize(5);
        assertThat(pods.one().rooms.room(ALICE, pods.room()).members()).isEqualTo(5);
    }

    @Test
    void shouldCountTheMembersThatCameAndWent() {
        // Given
        pods.one().rooms.putMember(ALICE, pods.room(), CAROL, Role.MEMBER);
        pods.two().rooms.putMember(ALICE, pods.room(), CAROL, Role.ADMIN);

        // When
        pods.two().rooms.removeMember(ALICE, pods.room(), BOB);
        pods.one().rooms.removeMember(ALICE, pods.room(), BOB);

        // Then
        assertThat(pods.one().rooms.room(ALICE, pods.room()).members()).isEqualTo(2);
    }

    @Test
    void shouldPageTheMembers() {
        // Given
        pods.one().rooms.putMember(ALICE, pods.room(), CAROL, Role.MEMBER);

        // When
        List<Membership> first = pods.one().rooms.members(BOB, pods.room(), null, 2);
        List<Membership> second =
                pods.two().rooms.members(BOB, pods.room(), first.getLast().user(), 2);

        // Then
        assertThat(first).extracting(Membership::user).containsExactly(ALICE, BOB);
        assertThat(second).extracting(Membership::user).containsExactly(CAROL);
    }

    @Test
    void shouldMuteARoomForOneMemberAlone() {
        // When
        pods.one().rooms.mute(BOB, pods.room(), true);

        // Then
        assertThat(pods.two().rooms.view(BOB, pods.room()).membership().muted()).isTrue();
        assertThat(pods.two().rooms.view(ALICE, pods.room()).membership().muted())
                .isFalse();
        assertRefused(() -> pods.one().rooms.mute(CAROL, pods.room(), true), ErrorCode.NOT_FOUND);
    }

    @Test
    void shouldLetNobodyJoinARoomThatIsGone() {
        // Given
        BiConsumer<UserId, Role> join = (user, role) -> pods.two().rooms.putMember(ALICE, pods.room(), user, role);
        join.accept(CAROL, Role.MEMBER);

        // When
        pods.one().rooms.delete(ALICE, pods.room());

        // Then
        assertRefused(() -> join.accept(new UserId("dave"), Role.MEMBER), ErrorCode.NOT_FOUND);
        assertThat(pods.two().following(CAROL, pods.room()).rooms())
                .extracting(v -> v.room().id())
                .doesNotContain(pods.room());
    }

    @Test
    void shouldLeaveNobodyInADeletedRoomWhoIsListedLate() {
        // Given
        pods.one().rooms.putMember(ALICE, pods.room(), CAROL, Role.MEMBER);
        pods.one().index.hide(CAROL, 1);

        // When
        pods.one().rooms.delete(ALICE, pods.room());

        // Then
        assertThat(pods.one().store.membership(CAROL, pods.room())).isEmpty();
        assertThat(pods.one().store.membership(ALICE, pods.room())).isEmpty();
    }

    private RoomId roomOfTwoOwners() {
        RoomId room = pods.one().rooms.group(ALICE, "two", List.of(BOB)).id();
        pods.one().rooms.putMember(ALICE, room, BOB, Role.OWNER);
        return room;
    }

    private void assertOneOwner(RoomId room) {
        var owners = List.of(ALICE, BOB).stream()
                .filter(user -> pods.two().following(user, room).rooms().stream()
                        .anyMatch(view -> view.room().id().equals(room)
                                && view.membership().role() == Role.OWNER));
        assertThat(owners).hasSize(1);
    }

    private static List<ErrorCode> atOnce(Runnable... actions) {
        List<ErrorCode> refusals = new CopyOnWriteArrayList<>();
        var all = List.of(actions).stream()
                .map(action -> CompletableFuture.runAsync(
                        () -> {
                            try {
                                action.run();
                            } catch (ChatException e) {
                                refusals.add(e.code());
                            }
                        },
                        task -> Thread.ofVirtual().start(task)))
                .toArray(CompletableFuture[]::new);
        CompletableFuture.allOf(all).join();
        return refusals;
    }

    private static void assertRefused(ThrowingCallable call, ErrorCode code) {
        assertThatThrownBy(call)
                .isInstanceOfSatisfying(
                        ChatException.class, e -> assertThat(e.code()).isEqualTo(code));
    }
}
