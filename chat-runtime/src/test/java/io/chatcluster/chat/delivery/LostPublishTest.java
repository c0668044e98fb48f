package io.chatcluster.chat.delivery;

import static io.chatcluster.chat.services.TwoPods.BOB;
import static org.assertj.core.api.Assertions.assertThat;

import io.chatcluster.chat.room.UserId;
import io.chatcluster.chat.services.Inbox;
import io.chatcluster.chat.services.TwoPods;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** What was committed and never published. */
@Execution(ExecutionMode.CONCURRENT)
class LostPublishTest {

    private static final UserId CAROL = new UserId("carol");
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    @RegisterExtension
    final TwoPods pods = new TwoPods();

    private final Inbox inbox = new Inbox();

    @Test
    void shouldNotLoseTheLastMessageWhenItsPublishIsLost() {
        // Given
        pods.two().hub.attach(BOB, pods.room(), 0, inbox);
        pods.awaitRedis();

        // When
        pods.commitUnpublished(pods.room(), "\"type\":\"other\"}");

        // Then
        assertThat(inbox.await(1, PATIENCE).seqs()).isEqualTo(Inbox.dense(1, 1));
    }

    @Test
    void shouldShowNothingMoreToAMemberWhoLeavesInTheMiddleOfABatch() {
        // Given
        Inbox leaving = new Inbox();
        pods.two().hub.attach(CAROL, pods.room(), 0, leaving);
        pods.two().hub.attach(BOB, pods.room(), 0, inbox);

        // When
        pods.commitUnpublished(
                pods.room(),
                "\"type\":\"other\"}",
                "\"type\":\"left\",\"from\":\"alice\",\"user\":\"carol\"}",
                "\"type\":\"secret\"}");

        // Then
        assertThat(inbox.await(3, PATIENCE).seqs()).isEqualTo(Inbox.dense(1, 3));
        assertThat(leaving.seqs()).isEqualTo(Inbox.dense(1, 2));
    }
}
