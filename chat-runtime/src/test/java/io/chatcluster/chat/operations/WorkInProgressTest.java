package io.chatcluster.chat.operations;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

class WorkInProgressTest {
    private static final int ROUNDS = 100_000;
    private static final int THREADS = 4;

    private final Queue<String> queue = new ConcurrentLinkedQueue<>();
    private final AtomicInteger starts = new AtomicInteger();
    private final AtomicInteger done = new AtomicInteger();
    private final AtomicInteger atWork = new AtomicInteger();
    private final AtomicInteger atWorkMax = new AtomicInteger();

    @Test
    void shouldStartOnceHoweverOftenItIsWokenMeanwhile() {
        // Given
        WorkInProgress work = new WorkInProgress(() -> !queue.isEmpty(), starts::incrementAndGet);

        // When
        work.wake();
        work.wake();

        // Then
        assertThat(starts).hasValue(1);
        assertThat(work.begin()).isFalse();
        assertThat(work.underWay()).isTrue();
    }

    @Test
    void shouldRestWhenNothingIsLeft() {
        // Given
        WorkInProgress work = new WorkInProgress(() -> !queue.isEmpty(), starts::incrementAndGet);
        work.wake();

        // When
        work.end();

        // Then
        assertThat(work.underWay()).isFalse();
        assertThat(starts).hasValue(1);
    }

    @Test
    void shouldStartAgainForWhatCameAfterTheLastLook() {
        // Given
        WorkInProgress work = new WorkInProgress(() -> !queue.isEmpty(), starts::incrementAndGet);
        assertThat(work.begin()).isTrue();
        assertThat(queue.poll()).isNull();

        // When
        queue.add("late");
        work.wake();
        work.end();

        // Then
        assertThat(starts).hasValue(1);
        assertThat(work.underWay()).isTrue();
    }

    @Test
    @Timeout(60)
    void shouldLeaveNothingBehindThatComesWhileTheWorkEnds() {
        // Given
        WorkInProgress work = working();

        // When each is added as soon as the one before is done, which is when the work is about to end
        for (int round = 1; round <= ROUNDS; round++) {
            queue.add("work");
            work.wake();
            awaitDone(round);
        }

        // Then
        assertThat(done).hasValue(ROUNDS);
    }

    @Test
    @Timeout(60)
    void shouldBeOneAtATimeWhoWorks() throws InterruptedException {
        // Given
        WorkInProgress work = working();
        List<Thread> threads = new ArrayList<>();

        // When
        for (int i = 0; i < THREADS; i++) {
            threads.add(Thread.ofPlatform().start(() -> {
                for (int round = 0; round < ROUNDS / THREADS; round++) {
                    queue.add("work");
                    work.wake();
                }
            }));
        }
        for (Thread thread : threads) {
            thread.join();
        }

        // Then
        awaitDone(ROUNDS);
        assertThat(atWorkMax).hasValue(1);
    }

    /** Work that is done on a thread of its own, until nothing is left. */
    private WorkInProgress working() {
        WorkInProgress[] work = new WorkInProgress[1];
        work[0] = new WorkInProgress(
                () -> !queue.isEmpty(),
                () -> Thread.ofVirtual().start(() -> {
                    atWorkMax.accumulateAndGet(atWork.incrementAndGet(), Math::max);
                    while (queue.poll() != null) {
                        done.incrementAndGet();
                    }
                    atWork.decrementAndGet();
                    work[0].end();
                }));
        return work[0];
    }

    private void awaitDone(int count) {
        while (done.get() < count && !Thread.currentThread().isInterrupted()) {
            Thread.onSpinWait();
        }
        assertThat(done.get()).as("what is done").isGreaterThanOrEqualTo(count);
    }
}
