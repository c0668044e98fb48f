package io.chatcluster.chat.delivery;

import static io.chatcluster.chat.services.TwoPods.ALICE;
import static io.chatcluster.chat.services.TwoPods.BOB;
import static org.assertj.core.api.Assertions.assertThat;

import io.chatcluster.chat.room.Role;
import io.chatcluster.chat.room.UserId;
import io.chatcluster.chat.services.Inbox;
import io.chatcluster.chat.services.TwoPods;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What is told late is told as it is by then. */
class MissedEventsTest {

    private static final Duration PATIENCE = Duration.ofSeconds(30);

    @RegisterExtension
    final TwoPods pods = new TwoPods();

    @Test
    void shouldShowNothingThatWasTakenBackToOneWhoComesLate() {
        // Given a pod that listens to the room, and one that does not
        Inbox early = attach(ALICE, 0);
        change();

        // When
        Inbox fromMemory = attach(BOB, 0);
        Inbox fromTheLog = new Inbox();
        try (Attachment attached = pods.one().hub.attach(BOB, pods.room(), 0, fromTheLog)) {

            // Then
            for (Inbox late : List.of(fromMemory, fromTheLog)) {
                assertThat(late.await(4, PATIENCE).seqs()).isEqualTo(Inbox.dense(1, 4));
                assertThat(late.events().getFirst().path("deleted").asBoolean()).isTrue();
                assertThat(late.texts()).containsExactly("", "m2", "", "");
            }
            assertThat(early.await(4, PATIENCE).seqs()).isEqualTo(Inbox.dense(1, 4));
            assertThat(attached).isNotNull();
        }
    }

    @Test
    void shouldShowNothingThatWasTakenBackWhereRedisWasAway() {
        // Given
        Inbox other = attach(BOB, 0);
        pods.killRedis();
        pods.two().faults.failReads(true);

        // When the other pod finds it all at once by its periodic look
        change();
        pods.two().faults.failReads(false);

        // Then
        assertThat(other.await(4, PATIENCE).seqs()).isEqualTo(Inbox.dense(1, 4));
        assertThat(other.texts()).containsExactly("", "m2", "", "");
    }

    @Test
    void shouldGoOnForOneWhoIsBackAlthoughThePodHasNotHeardOfIt() {
        // Given a pod that knows of bob's leaving and nothing after it
        Inbox witness = attach(ALICE, 0);
        pods.one().rooms.removeMember(ALICE, pods.room(), BOB);
        witness.await(1, PATIENCE);
        pods.killRedis();
        pods.two().faults.failReads(true);
        pods.one().rooms.putMember(ALICE, pods.room(), BOB, Role.MEMBER);

        // When
        Inbox back = attach(BOB, 0);
        pods.two().faults.failReads(false);
        pods.send(pods.one(), 1, 1);

        // Then
        assertThat(back.await(3, PATIENCE).seqs()).isEqualTo(Inbox.dense(1, 3));
    }

    private Inbox attach(UserId user, long after) {
        Inbox inbox = new Inbox();
        var unused = pods.two().hub.attach(user, pods.room(), after, inbox);
        return inbox;
    }

    /** Two messages, of which the first is edited and then taken back. */
    private void change() {
        pods.send(pods.one(), 1, 2);
        pods.one()
                .changes
                .edit(ALICE, pods.room(), 1, "edited")
                .toCompletableFuture()
                .join();
        pods.one().changes.delete(ALICE, pods.room(), 1).toCompletableFuture().join();
    }
}
