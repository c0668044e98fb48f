package io.chatcluster.chat.session;

import static io.chatcluster.chat.services.Patience.await;
import static io.chatcluster.chat.services.TwoPods.ALICE;
import static io.chatcluster.chat.services.TwoPods.BOB;
import static org.assertj.core.api.Assertions.assertThat;

import io.chatcluster.chat.delivery.Attachment;
import io.chatcluster.chat.protocol.CloseCode;
import io.chatcluster.chat.room.UserId;
import io.chatcluster.chat.services.Pod;
import io.chatcluster.chat.services.TwoPods;
import io.netty.channel.EventLoop;
import io.netty.channel.nio.NioEventLoopGroup;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What comes to the sockets of a room that has more of them than are written to at once. */
class LargeRoomPushesTest {
    private static final int SOCKETS = 3 * ChannelWriter.WRITES_PER_TURN;
    private static final int MESSAGES_EACH = 25;

    @RegisterExtension
    final TwoPods pods = new TwoPods();

    private final NioEventLoopGroup loops = new NioEventLoopGroup(2);
    private final List<Attachment> attachments = new ArrayList<>();

    @AfterEach
    void close() {
        attachments.forEach(Attachment::close);
        loops.shutdownGracefully(0, 1, TimeUnit.SECONDS);
    }

    @Test
    void shouldPushEveryEventToEverySocketInOrderWhateverElseIsCommittedMeanwhile() {
        // Given
        List<LoopWire> wires = new ArrayList<>();
        for (int i = 0; i < SOCKETS; i++) {
            LoopWire wire = new LoopWire(loops.next());
            wires.add(wire);
            attachments.add(
                    pods.one().hub.attach(BOB, pods.room(), 0, new SocketOutbox(wire, Integer.MAX_VALUE, () -> {})));
        }

        // When some is committed while the loops have other work, and more while they write that
        CountDownLatch released = new CountDownLatch(1);
        loops.forEach(loop -> loop.execute(() -> awaitQuietly(released)));
        CompletableFuture.allOf(sends(pods.one(), ALICE), sends(pods.two(), BOB))
                .join();
        released.countDown();
        CompletableFuture.allOf(sends(pods.one(), BOB), sends(pods.two(), ALICE))
                .join();

        // Then
        List<Long> all = LongStream.rangeClosed(1, 4 * MESSAGES_EACH).boxed().toList();
        await().atMost(Duration.ofSeconds(30))
                .untilAsserted(() -> assertThat(wires)
                        .allSatisfy(wire -> assertThat(wire.seqs()).isEqualTo(all)));
    }

    private CompletableFuture<Void> sends(Pod pod, UserId user) {
        return CompletableFuture.runAsync(() -> {
            for (int i = 0; i < MESSAGES_EACH; i++) {
                var _ = pod.send(user, pods.room(), UUID.randomUUID().toString())
                        .join();
            }
        });
    }

    private static void awaitQuietly(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** A socket of the loop, whose reader takes what comes a turn later. */
    private static final class LoopWire implements Wire {
        private final EventLoop loop;
        private final List<String> frames = new CopyOnWriteArrayList<>();

        LoopWire(EventLoop loop) {
            this.loop = loop;
        }

        List<Long> seqs() {
            return frames.stream()
                    .flatMap(String::lines)
                    .map(PodSession::parse)
                    .flatMap(push -> push.at("/push/events").valueStream())
                    .map(event -> event.path("seq").asLong())
                    .toList();
        }

        @Override
        public void write(Source source) {
            ChannelWriter.of(loop).execute(() -> {
                frames.add(source.take());
                loop.execute(() -> source.written(null));
            });
        }

        @Override
        public void ping() {
            // Nobody answers.
        }

        @Override
        public void close(CloseCode code) {
            // There is nothing to close.
        }
    }
}
