package io.chatcluster.chat.room;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.chatcluster.chat.protocol.ChatException;
import io.chatcluster.chat.protocol.ErrorCode;
import io.chatcluster.chat.services.TwoPods;
import java.util.List;
import java.util.UUID;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class BlockTest {

    @RegisterExtension
    final TwoPods pods = new TwoPods();

    private final UserId erin = new UserId("erin-" + UUID.randomUUID());
    private final UserId frank = new UserId("frank-" + UUID.randomUUID());

    @Test
    void shouldKeepBothFromWritingInTheirDirectRoom() {
        // Given
        RoomId direct = pods.one().rooms.direct(erin, frank).room().id();
        var unused = pods.one().send(frank, direct, "before").join();

        // When
        pods.one().blocks.block(erin, frank);

        // Then
        assertForbidden(() -> pods.one().send(frank, direct, "after"));
        assertForbidden(() -> pods.one().send(erin, direct, "after"));
        assertThat(pods.one().rooms.room(frank, direct).id()).isEqualTo(direct);
    }

    @Test
    void shouldKeepBothFromCreatingTheirDirectRoom() {
        // When
        pods.one().blocks.block(erin, frank);

        // Then
        assertForbidden(() -> pods.two().rooms.direct(frank, erin));
        assertForbidden(() -> pods.two().rooms.direct(erin, frank));
    }

    @Test
    void shouldLetThemWriteAgainWhenNeitherBlocksTheOther() {
        // Given
        RoomId direct = pods.one().rooms.direct(erin, frank).room().id();
        pods.one().blocks.block(erin, frank);
        pods.one().blocks.block(frank, erin);

        // When
        pods.one().blocks.unblock(erin, frank);

        // Then
        assertForbidden(() -> pods.one().send(erin, direct, "one still blocks"));
        pods.one().blocks.unblock(frank, erin);
        assertThat(pods.one().send(frank, direct, "hi").join().seq()).isEqualTo(1);
    }

    @Test
    void shouldNotConcernGroupRooms() {
        // Given
        RoomId group = pods.one().rooms.group(erin, "both", List.of(frank)).id();

        // When
        pods.one().blocks.block(erin, frank);

        // Then
        assertThat(pods.one().send(frank, group, "hi").join().seq()).isEqualTo(1);
    }

    @Test
    void shouldListWhomAUserBlocks() {
        // Given
        UserId gina = new UserId("gina");
        pods.one().blocks.block(erin, frank);
        pods.one().blocks.block(erin, gina);

        // When
        List<UserId> first = pods.two().blocks.blocked(erin, null, 1);

        // Then
        assertThat(first).containsExactly(frank);
        assertThat(pods.two().blocks.blocked(erin, frank, 1)).containsExactly(gina);
        assertThat(pods.two().blocks.blocked(frank, null, 10)).isEmpty();
        assertThatThrownBy(() -> pods.one().blocks.block(erin, erin))
                .isInstanceOfSatisfying(
                        ChatException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.INVALID));
    }

    private static void assertForbidden(ThrowingCallable call) {
        assertThatThrownBy(call)
                .isInstanceOfSatisfying(
                        ChatException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.FORBIDDEN));
    }
}
