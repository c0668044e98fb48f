package io.chatcluster.chat.message;

import static io.chatcluster.chat.services.TwoPods.ALICE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.chatcluster.chat.protocol.ChatException;
import io.chatcluster.chat.protocol.ErrorCode;
import io.chatcluster.chat.services.TwoPods;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What becomes of messages that may be in the log, and nobody hears of it. */
@Execution(ExecutionMode.CONCURRENT)
class LostAnswersTest {

    @RegisterExtension
    final TwoPods pods = new TwoPods();

    @ParameterizedTest
    @ValueSource(ints = {1, 2})
    void shouldReadBackAPutWhoseAnswersWereLost(int answers) {
        // Given
        pods.send(pods.one(), 1, 1);
        pods.one().faults.loseAnswersOfPuts(answers);

        // When
        Ack ack = pods.one().send(ALICE, pods.room(), "lost").join();

        // Then
        assertThat(pods.one().faults.leftToLose()).isZero();
        assertThat(ack.seq()).isEqualTo(2);
        assertThat(ack.duplicate()).isFalse();
        assertThat(pods.two().log.after(pods.room(), 0, 10)).hasSize(2);
    }

    @Test
    void shouldSayUnavailableWhenItCannotTellAndAcceptTheResend() {
        // Given
        loseTheStore();

        // When
        CompletableFuture<Ack> unknown = pods.one().send(ALICE, pods.room(), "lost");
        assertThatThrownBy(unknown::join)
                .isInstanceOf(CompletionException.class)
                .cause()
                .isInstanceOfSatisfying(
                        ChatException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.UNAVAILABLE));
        bringTheStoreBack();
        Ack resend = pods.one().send(ALICE, pods.room(), "lost").join();
        Ack next = pods.one().send(ALICE, pods.room(), "next").join();

        // Then
        assertThat(resend.seq()).isEqualTo(2);
        assertThat(resend.duplicate()).isTrue();
        assertThat(next.seq()).isEqualTo(3);
    }

    @Test
    void shouldTryWhatIsSentTheMomentThatAnotherMessageFails() {
        // Given
        loseTheStore();

        // When the store is back before the sender hears that it was away
        Ack resend = pods.one()
                .send(ALICE, pods.room(), "lost")
                .exceptionallyCompose(failure -> {
                    bringTheStoreBack();
                    return pods.one().send(ALICE, pods.room(), "lost");
                })
                .join();

        // Then
        assertThat(resend).extracting(Ack::seq, Ack::duplicate).containsExactly(2L, true);
    }

    @Test
    void shouldCountEveryFailureForAsLongAsTheStoreIsAway() {
        // Given
        loseTheStore();

        // When
        for (int send = 1; send <= 3; send++) {
            assertThatThrownBy(pods.one().send(ALICE, pods.room(), "lost-" + send)::join)
                    .isInstanceOf(CompletionException.class);
        }

        // Then
        assertThat(pods.one().count("chat.append.failures")).isEqualTo(3);
    }

    /** From now on it takes what is put and says nothing, to a pod that knows the room and alice as its member. */
    private void loseTheStore() {
        var unused = pods.one().hub.online(ALICE, notice -> {});
        pods.send(pods.one(), 1, 1);
        pods.one().faults.loseAnswersOfPuts(1_000);
        pods.one().faults.failReads(true);
    }

    private void bringTheStoreBack() {
        pods.one().faults.loseAnswersOfPuts(0);
        pods.one().faults.failReads(false);
    }
}
