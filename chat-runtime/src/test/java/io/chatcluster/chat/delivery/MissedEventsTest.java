package io.chatcluster.chat.delivery;

import static io.chatcluster.chat.services.TwoPods.ALICE;
import static io.chatcluster.chat.services.TwoPods.BOB;
import static org.assertj.core.api.Assertions.assertThat;

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
    void shouldTellOneWhoWasRemovedMeanwhileNothingOfWhatFollowed() {
        // Given
        pods.send(pods.one(), 1, 1);
        pods.one().rooms.removeMember(ALICE, pods.room(), BOB);
        pods.send(pods.one(), 2, 3);

        // When he was authorised before
        Inbox late = attach(BOB, 0);
        pods.send(pods.two(), 4, 4);
        Inbox present = attach(ALICE, 0);
        present.await(5, PATIENCE);

        // Then
        assertThat(late.seqs()).isEqualTo(Inbox.dense(1, 2));
        assertThat(late.texts()).containsExactly("m1", "");
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
