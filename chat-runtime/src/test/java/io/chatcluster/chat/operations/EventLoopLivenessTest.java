package io.chatcluster.chat.operations;

import static org.assertj.core.api.Assertions.assertThat;

import io.chatcluster.chat.services.Patience;
import io.netty.channel.EventLoopGroup;
import io.netty.util.concurrent.EventExecutor;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.impl.VertxInternal;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.eclipse.microprofile.health.HealthCheckResponse.Status;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class EventLoopLivenessTest {

    private static final Duration PERIOD = Duration.ofMillis(5);

    private final Vertx vertx = Vertx.vertx(new VertxOptions().setEventLoopPoolSize(2));
    private final AtomicLong nanos = new AtomicLong();
    private final EventLoopLiveness liveness = new EventLoopLiveness(vertx, nanos::get);

    @BeforeEach
    void watch() {
        liveness.watch(PERIOD);
    }

    @AfterEach
    void close() {
        vertx.close();
    }

    @Test
    void shouldBeAliveWhileEveryEventLoopRuns() {
        // When
        nanos.addAndGet(EventLoopLiveness.SILENCE_MAX.plusSeconds(1).toNanos());

        // Then
        Patience.await().until(() -> liveness.call().getStatus() == Status.UP);
    }

    @Test
    void shouldNotBeAliveWhileOneEventLoopHangsWhicheverItIs() throws InterruptedException {
        EventLoopGroup loops = ((VertxInternal) vertx).getEventLoopGroup();
        for (EventExecutor hanging : loops) {
            // Given
            CountDownLatch hangs = new CountDownLatch(1);
            CountDownLatch over = new CountDownLatch(1);
            hanging.execute(() -> {
                hangs.countDown();
                await(over);
            });
            hangs.await();

            // When
            nanos.addAndGet(EventLoopLiveness.SILENCE_MAX.plusSeconds(1).toNanos());
            for (EventExecutor other : loops) {
                if (other != hanging) {
                    ranAgain(other);
                }
            }

            // Then
            assertThat(liveness.call().getStatus()).isEqualTo(Status.DOWN);
            over.countDown();
            Patience.await().until(() -> liveness.call().getStatus() == Status.UP);
        }
    }

    /** Waits until the loop has run what was due by now, and its timer since. */
    private static void ranAgain(EventExecutor loop) throws InterruptedException {
        CountDownLatch ran = new CountDownLatch(1);
        var unused = loop.schedule(ran::countDown, 10 * PERIOD.toMillis(), TimeUnit.MILLISECONDS);
        ran.await();
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
