package io.chatcluster.chat.session;

import io.chatcluster.chat.protocol.CloseCode;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.http.websocketx.WebSocketFrameEncoder;
import io.netty.util.concurrent.Future;
import io.quarkus.websockets.next.CloseReason;
import io.quarkus.websockets.next.WebSocketConnection;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * The socket of one connection. Writes frames to its channel itself, beside Quarkus, which would encode a text anew for every
 * socket; everything else is left to Quarkus.
 */
final class ChannelWire implements Wire, Runnable {
    /** How long a client may take to take the close frame, and all before it, and to answer it. */
    private static final Duration CLOSE_TIMEOUT = Duration.ofSeconds(5);

    private static final Logger LOG = Logger.getLogger(ChannelWire.class);

    private final WebSocketConnection connection;
    private final ChannelHandlerContext channel;
    private final ChannelWriter writer;
    private final CloseMetrics metrics;
    private final AtomicBoolean closed = new AtomicBoolean();

    // Of the one write that may be under way; the writer's queue hands it over to the event loop.
    private @Nullable Source source;

    ChannelWire(WebSocketConnection connection, Channel channel, CloseMetrics metrics) {
        this.connection = connection;
        // What the encoder of frames writes goes out as it is, past the handlers that have no business with it.
        this.channel = channel.pipeline().context(WebSocketFrameEncoder.class);
        this.writer = ChannelWriter.of(channel.eventLoop());
        this.metrics = metrics;
    }

    @Override
    public void write(Source next) {
        source = next;
        writer.execute(this);
    }

    /** Writes on the event loop. */
    @Override
    public void run() {
        Source due = source;
        if (due == null) {
            return;
        }
        ChannelFuture write = channel.writeAndFlush(writer.frame(due.take()));
        if (write.isDone()) {
            due.written(write.cause());
        } else {
            write.addListener(done -> due.written(done.cause()));
        }
    }

    @Override
    public void ping() {
        writer.execute(() -> channel.writeAndFlush(writer.ping()));
    }

    @Override
    public void close(CloseCode code) {
        if (connection.isOpen()) {
            if (closed.compareAndSet(false, true)) {
                metrics.closed(code);
                cutOffLater();
            }
            connection
                    .close(new CloseReason(code.code(), code.reason()))
                    .subscribe()
                    .with(done -> {}, failure -> LOG.debugf(failure, "Cannot close socket %s", connection.id()));
        }
    }

    /** Vert.x gives a client its time from when the close frame is out: one that does not read would stay for good. */
    private void cutOffLater() {
        Channel socket = channel.channel();
        Future<?> cut =
                socket.eventLoop().schedule((Runnable) socket::close, CLOSE_TIMEOUT.toMillis(), TimeUnit.MILLISECONDS);
        socket.closeFuture().addListener(gone -> cut.cancel(false));
    }
}
