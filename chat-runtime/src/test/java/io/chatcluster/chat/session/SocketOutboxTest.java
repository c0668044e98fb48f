package io.chatcluster.chat.session;

import static org.assertj.core.api.Assertions.assertThat;

import io.chatcluster.chat.delivery.OfferKind;
import io.chatcluster.chat.protocol.CloseCode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class SocketOutboxTest {
    private final SlowWire wire = new SlowWire();
    private final SocketOutbox outbox = new SocketOutbox(wire, 100, () -> {});

    @Test
    void shouldWriteAtOnceWhenNothingIsUnderWay() {
        // When
        boolean taken = offer("a");

        // Then
        assertThat(taken).isTrue();
        assertThat(wire.written).containsExactly("a");
    }

    @Test
    void shouldPutWhatWaitedInOneFrameOneObjectPerLine() {
        // Given
        offer("a");

        // When
        offer("b");
        offer("c");
        wire.finishWrite();

        // Then
        assertThat(wire.written).containsExactly("a", "b\nc");
    }

    @Test
    void shouldTakeAlongWhatComesBeforeTheSocketTakesTheFrame() {
        // Given
        wire.stayBusy();
        offer("an acknowledgement");

        // When
        offer("the push that goes with it");
        wire.comeRound();

        // Then
        assertThat(wire.written).containsExactly("an acknowledgement\nthe push that goes with it");
        wire.finishWrite();
        assertThat(wire.written).hasSize(1);
    }

    @Test
    void shouldHandOverTheVeryObjectThatWasOfferedToManyWhenItGoesAlone() {
        // Given
        String shared = new String("shared");

        // When
        offer(shared);

        // Then
        assertThat(wire.written.getFirst()).isSameAs(shared);
    }

    @Test
    void shouldDisconnectAReaderThatLetsTheQueueRunFull() {
        // Given
        offer("under way");
        offer("x".repeat(60));

        // When
        boolean taken = offer("x".repeat(60));

        // Then
        assertThat(taken).isFalse();
        assertThat(wire.closed).containsExactly(CloseCode.SLOW_CONSUMER);
        assertThat(offer("later")).isFalse();
        wire.finishWrite();
        assertThat(wire.written).containsExactly("under way");
    }

    @Test
    void shouldLeaveOutMomentaryObjectsWhenFull() {
        // Given
        offer("under way");
        offer("x".repeat(60));

        // When
        boolean taken = outbox.offer("x".repeat(60), OfferKind.EPHEMERAL);

        // Then
        assertThat(taken).isFalse();
        assertThat(wire.closed).isEmpty();
        assertThat(offer("later")).isTrue();
    }

    @Test
    void shouldPassOneLargeObjectWhenNothingElseWaits() {
        // Given
        offer("under way");

        // When
        boolean taken = offer("x".repeat(500));
        wire.finishWrite();

        // Then
        assertThat(taken).isTrue();
        assertThat(wire.written).hasSize(2);
    }

    @Test
    void shouldCountWhatTheSocketHasNotTakenYet() {
        // Given
        wire.stayBusy();
        offer("x".repeat(60));

        // When
        boolean taken = offer("x".repeat(60));

        // Then
        assertThat(taken).isFalse();
        assertThat(wire.closed).containsExactly(CloseCode.SLOW_CONSUMER);
        wire.comeRound();
        assertThat(outbox.waitingChars()).isZero();
    }

    @Test
    void shouldCountNothingOnceAllIsWritten() {
        // Given
        offer("under way");
        offer("x".repeat(60));
        offer("y".repeat(30));

        // When
        wire.finishWrite();
        wire.finishWrite();

        // Then
        assertThat(outbox.waitingChars()).isZero();
        assertThat(offer("z".repeat(500))).isTrue();
    }

    @Test
    void shouldWriteWhatWaitsBeforeItCloses() {
        // Given
        offer("a");
        offer("b");

        // When
        outbox.close(CloseCode.DRAINING);

        // Then
        assertThat(offer("c")).isFalse();
        assertThat(wire.closed).isEmpty();
        wire.finishWrite();
        assertThat(wire.written).containsExactly("a", "b");
        assertThat(wire.closed).isEmpty();
        wire.finishWrite();
        assertThat(wire.closed).containsExactly(CloseCode.DRAINING);
    }

    @Test
    void shouldStopWhenAWriteFails() {
        // Given
        offer("a");
        offer("b");

        // When
        wire.failWrite();

        // Then
        assertThat(wire.written).containsExactly("a");
        assertThat(offer("c")).isFalse();
    }

    @Test
    void shouldPaceTheSupplierOfMuchByTheReader() throws Exception {
        // Given
        offer("under way");
        offer("x".repeat(60));
        CompletableFuture<Boolean> room = new CompletableFuture<>();
        Thread supplier = Thread.ofVirtual().start(() -> room.complete(await(Duration.ofSeconds(10))));

        // When
        wire.finishWrite();
        supplier.join();

        // Then
        assertThat(room).isCompletedWithValue(true);
    }

    @Test
    void shouldDisconnectAReaderThatMakesTheSupplierWaitTooLong() {
        // Given
        offer("under way");
        offer("x".repeat(60));

        // When
        boolean room = await(Duration.ofMillis(20));

        // Then
        assertThat(room).isFalse();
        assertThat(wire.closed).containsExactly(CloseCode.SLOW_CONSUMER);
    }

    private boolean offer(String json) {
        return outbox.offer(json, OfferKind.REQUIRED);
    }

    private boolean await(Duration timeout) {
        try {
            return outbox.awaitRoom(timeout);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    /** A socket that takes frames, and whose reader does, when the test says so; without a word it takes them at once. */
    private static final class SlowWire implements Wire {
        private final List<String> written = new ArrayList<>();
        private final List<CloseCode> closed = new ArrayList<>();
        private boolean busy;
        private @Nullable Source underWay;

        @Override
        public void write(Source source) {
            underWay = source;
            if (!busy) {
                take();
            }
        }

        private void take() {
            if (underWay != null) {
                written.add(underWay.take());
            }
        }

        /** The event loop has other work. */
        void stayBusy() {
            busy = true;
        }

        /** The event loop comes round. */
        void comeRound() {
            busy = false;
            take();
        }

        @Override
        public void ping() {
            // None comes here.
        }

        @Override
        public void close(CloseCode code) {
            closed.add(code);
        }

        void finishWrite() {
            end(null);
        }

        void failWrite() {
            end(new java.io.IOException("gone"));
        }

        private void end(@Nullable Throwable failure) {
            Source source = underWay;
            underWay = null;
            if (source != null) {
                source.written(failure);
            }
        }
    }
}
