package io.chatcluster.chat.room;

import static io.chatcluster.chat.services.TwoPods.ALICE;
import static io.chatcluster.chat.services.TwoPods.BOB;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.chatcluster.chat.delivery.Attachment;
import io.chatcluster.chat.message.HistoryQuery;
import io.chatcluster.chat.message.StoredEvent;
import io.chatcluster.chat.protocol.ChatException;
import io.chatcluster.chat.protocol.ErrorCode;
import io.chatcluster.chat.services.Pod;
import io.chatcluster.chat.services.TwoPods;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletionException;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Changes of members are made through one pod and count on the other from the moment they are answered: nothing here waits. The other
 * pod has served bob before, so it may remember him.
 */
@Execution(ExecutionMode.CONCURRENT)
class AuthorisationTest {

    /** What the other pod knows of bob besides what it is asked. */
    enum Bob {
        WITHOUT_CONNECTION,
        CONNECTED,
        /** No notice of a change reaches the other pod. */
        CONNECTED_WITHOUT_REDIS
    }

    @RegisterExtension
    final TwoPods pods = new TwoPods();

    private final UserId erin = new UserId("erin-" + UUID.randomUUID());
    private final List<Attachment> connections = new ArrayList<>();

    @AfterEach
    void disconnect() {
        connections.forEach(Attachment::close);
    }

    @ParameterizedTest
    @EnumSource
    void shouldTreatSomebodyRemovedAsOneWhoNeverWasThere(Bob bob) {
        // Given
        remember(bob);

        // When
        pods.one().rooms.removeMember(ALICE, pods.room(), BOB);

        // Then
        assertRefused(this::send, ErrorCode.NOT_FOUND);
        assertRefused(
                () -> pods.two().messages.history(BOB, pods.room(), HistoryQuery.of(null, null, null, null)),
                ErrorCode.NOT_FOUND);
        assertRefused(() -> pods.two().rooms.view(BOB, pods.room()), ErrorCode.NOT_FOUND);
        assertRefused(() -> pods.two().rooms.members(BOB, pods.room(), null, 10), ErrorCode.NOT_FOUND);
        assertRefused(() -> pods.two().messages.read(BOB, pods.room(), 1), ErrorCode.NOT_FOUND);
        assertRefused(() -> pods.two().messages.read(BOB, pods.room(), 1_000), ErrorCode.NOT_FOUND);
        assertRefused(
                () -> pods.two()
                        .changes
                        .react(BOB, pods.room(), 1, "x", false)
                        .toCompletableFuture()
                        .join(),
                ErrorCode.NOT_FOUND);
    }

    @ParameterizedTest
    @EnumSource
    void shouldNotLetAMemberWriteWhoIsReadonlyNow(Bob bob) {
        // Given
        remember(bob);

        // When
        pods.one().rooms.putMember(ALICE, pods.room(), BOB, Role.READONLY);

        // Then
        assertRefused(this::send, ErrorCode.FORBIDDEN);
        assertThat(pods.two().rooms.room(BOB, pods.room()).id()).isEqualTo(pods.room());
    }

    @ParameterizedTest
    @EnumSource
    void shouldLetAMemberDoWhatTheNewRoleAllowsAgainAndAgain(Bob bob) {
        // Given
        pods.one().rooms.putMember(ALICE, pods.room(), BOB, Role.READONLY);
        connect(bob);
        assertRefused(this::send, ErrorCode.FORBIDDEN);

        // When
        pods.one().rooms.putMember(ALICE, pods.room(), BOB, Role.ADMIN);

        // Then
        for (int i = 0; i < 10; i++) {
            send();
            pods.two().rooms.rename(BOB, pods.room(), "by bob " + i);
        }
    }

    @ParameterizedTest
    @EnumSource
    void shouldLetNobodyWriteToARoomThatIsGone(Bob bob) {
        // Given
        remember(bob);

        // When
        pods.one().rooms.delete(ALICE, pods.room());

        // Then
        assertRefused(this::send, ErrorCode.NOT_FOUND);
    }

    @ParameterizedTest
    @EnumSource
    void shouldNotLetThemWriteWhoBlockedEachOther(Bob bob) {
        // Given
        RoomId direct = pods.one().rooms.direct(erin, BOB).room().id();
        connect(bob);
        send(pods.two(), direct);

        // When
        pods.one().blocks.block(erin, BOB);

        // Then
        assertRefused(() -> send(pods.two(), direct), ErrorCode.FORBIDDEN);

        // When
        pods.one().blocks.unblock(erin, BOB);

        // Then
        send(pods.two(), direct);
    }

    @Test
    void shouldStoreNothingOfSomebodyAfterTheirRemoval() {
        // Given
        remember(Bob.CONNECTED);
        List<Thread> writers = new ArrayList<>();
        for (Pod pod : List.of(pods.one(), pods.two())) {
            for (int i = 0; i < 8; i++) {
                writers.add(Thread.ofVirtual().start(() -> sendUntilRefused(pod)));
            }
        }

        // When
        pods.one().rooms.removeMember(ALICE, pods.room(), BOB);

        // Then
        writers.forEach(AuthorisationTest::join);
        List<String> events = pods.one().log.after(pods.room(), 0, 100_000).stream()
                .map(StoredEvent::body)
                .toList();
        int left = events.stream()
                .map(body -> body.startsWith("\"type\":\"left\""))
                .toList()
                .indexOf(true);
        assertThat(left).isPositive();
        assertThat(events.subList(left + 1, events.size())).isEmpty();
    }

    @Test
    void shouldReadNothingToAuthoriseAConnectedMembersMessages() {
        // Given
        remember(Bob.CONNECTED);
        int reads = pods.two().requests.count("GetItem");

        // When
        for (int i = 0; i < 50; i++) {
            send();
        }

        // Then
        assertThat(pods.two().requests.count("GetItem")).isEqualTo(reads);
    }

    private void remember(Bob bob) {
        connect(bob);
        send();
        pods.two().messages.history(BOB, pods.room(), HistoryQuery.of(null, null, null, null));
    }

    private void connect(Bob bob) {
        if (bob != Bob.WITHOUT_CONNECTION) {
            connections.add(pods.two().hub.online(BOB, notice -> {}).attachment());
        }
        if (bob == Bob.CONNECTED_WITHOUT_REDIS) {
            pods.killRedis();
        }
    }

    private void send() {
        send(pods.two(), pods.room());
    }

    private static void send(Pod pod, RoomId room) {
        try {
            var unused = pod.send(BOB, room, UUID.randomUUID().toString()).join();
        } catch (CompletionException failure) {
            throw failure.getCause() instanceof ChatException problem ? problem : failure;
        }
    }

    private void sendUntilRefused(Pod pod) {
        assertRefused(
                () -> {
                    for (int i = 0; i < 10_000; i++) {
                        send(pod, pods.room());
                    }
                },
                ErrorCode.NOT_FOUND);
    }

    private static void join(Thread thread) {
        try {
            thread.join();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private static void assertRefused(ThrowingCallable call, ErrorCode code) {
        assertThatThrownBy(call).satisfies(thrown -> {
            Throwable cause = thrown instanceof CompletionException ? thrown.getCause() : thrown;
            assertThat(cause)
                    .isInstanceOfSatisfying(
                            ChatException.class, e -> assertThat(e.code()).isEqualTo(code));
        });
    }
}
