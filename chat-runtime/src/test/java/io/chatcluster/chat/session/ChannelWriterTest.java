package io.chatcluster.chat.session;

import static io.chatcluster.chat.services.Patience.await;
import static org.assertj.core.api.Assertions.assertThat;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.EventLoop;
import io.netty.channel.nio.NioEventLoopGroup;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** When and in which order writes come that wait for one event loop. */
class ChannelWriterTest {
    private static final int MANY = 5 * ChannelWriter.WRITES_PER_TURN;

    private final NioEventLoopGroup group = new NioEventLoopGroup(1);
    private final EventLoop loop = group.next();
    private final ChannelWriter writer = ChannelWriter.of(loop);
    private final CountDownLatch released = new CountDownLatch(1);

    @AfterEach
    void close() {
        released.countDown();
        group.shutdownGracefully(0, 1, TimeUnit.SECONDS);
    }

    @Test
    void shouldLookAtItsSocketsBeforeAllOfALargeRoomIsWritten() throws Exception {
        // Given a socket that connects while the loop has other work, and then much to write
        AtomicInteger written = new AtomicInteger();
        CompletableFuture<Integer> writtenBefore = new CompletableFuture<>();
        Channel server = listen(() -> writtenBefore.complete(written.get()));
        holdUpLoop();
        try (Socket client = new Socket()) {
            client.connect(server.localAddress());
            for (int i = 0; i < MANY; i++) {
                writer.execute(written::incrementAndGet);
            }

            // When
            released.countDown();

            // Then
            assertThat(writtenBefore.get(10, TimeUnit.SECONDS)).isLessThanOrEqualTo(ChannelWriter.WRITES_PER_TURN);
            await().untilAsserted(() -> assertThat(written).hasValue(MANY));
        }
    }

    @Test
    void shouldWriteInTheOrderOfTheCallsOfEachThread() throws Exception {
        // Given
        int threads = 4;
        List<List<Integer>> written = new ArrayList<>();
        List<Thread> callers = new ArrayList<>();
        for (int i = 0; i < threads; i++) {
            List<Integer> mine = new ArrayList<>();
            written.add(mine);
            callers.add(Thread.ofPlatform().unstarted(() -> {
                for (int n = 0; n < MANY; n++) {
                    int next = n;
                    writer.execute(() -> mine.add(next));
                }
            }));
        }

        // When
        callers.forEach(Thread::start);
        for (Thread caller : callers) {
            caller.join();
        }
        CountDownLatch last = new CountDownLatch(1);
        writer.execute(last::countDown);

        // Then
        assertThat(last.await(10, TimeUnit.SECONDS)).isTrue();
        assertThat(written)
                .hasSize(threads)
                .containsOnly(IntStream.range(0, MANY).boxed().toList());
    }

    @Test
    void shouldGoOnAfterAWriteThatFails() throws Exception {
        // Given
        List<String> written = new CopyOnWriteArrayList<>();
        holdUpLoop();
        writer.execute(() -> {
            throw new IllegalStateException("injected");
        });
        writer.execute(() -> written.add("next"));

        // When
        released.countDown();

        // Then
        await().untilAsserted(() -> assertThat(written).containsExactly("next"));
    }

    /** Keeps the loop from all else until it is released. */
    private void holdUpLoop() throws InterruptedException {
        CountDownLatch held = new CountDownLatch(1);
        loop.execute(() -> {
            held.countDown();
            try {
                released.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        });
        held.await();
    }

    private Channel listen(Runnable accepted) throws InterruptedException {
        return new ServerBootstrap()
                .group(group)
                .channel(NioServerSocketChannel.class)
                .handler(new ChannelInboundHandlerAdapter() {
                    @Override
                    public void channelRead(ChannelHandlerContext context, Object child) {
                        accepted.run();
                        context.fireChannelRead(child);
                    }
                })
                .childHandler(new ChannelInboundHandlerAdapter())
                .bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))
                .sync()
                .channel();
    }
}
