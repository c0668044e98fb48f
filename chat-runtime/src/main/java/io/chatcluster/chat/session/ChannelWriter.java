package io.chatcluster.chat.session;

import io.chatcluster.chat.operations.WorkInProgress;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.PooledByteBufAllocator;
import io.netty.buffer.Unpooled;
import io.netty.channel.EventLoop;
import java.nio.charset.StandardCharsets;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.TimeUnit;

/**
 * Writes text frames and pings (RFC 6455, 5.2 and 5.5.2) to the sockets of one event loop. What is to be written to many
 * sockets wakes the loop once and is encoded once, since a server's frames are the same for everybody; a turn of the loop writes
 * to some of them, and those of a large room take several, between which the loop looks at its sockets.
 */
final class ChannelWriter {
    /** About four milliseconds' worth: a write takes far longer than all else that is done for one socket. */
    static final int WRITES_PER_TURN = 256;

    private static final int FINAL_TEXT = 0x81;
    private static final int FINAL_PING = 0x89;
    private static final int HEADER_MAX = 10;
    private static final int LENGTH_IN_BYTE = 125;
    private static final int LENGTH_IN_SHORT = 0xffff;
    private static final int SHORT_FOLLOWS = 126;
    private static final int LONG_FOLLOWS = 127;

    private static final ConcurrentMap<EventLoop, ChannelWriter> BY_LOOP = new ConcurrentHashMap<>();

    private final EventLoop loop;
    private final ByteBufAllocator allocator = PooledByteBufAllocator.DEFAULT;
    private final Queue<Runnable> due = new ConcurrentLinkedQueue<>();
    private final WorkInProgress writing = new WorkInProgress(() -> !due.isEmpty(), this::wakeLoop);

    private final ByteBuf ping = allocator.directBuffer(2).writeByte(FINAL_PING).writeByte(0);

    // For the loop alone: the last frame, kept until there is another one.
    private String text = "";
    private ByteBuf frame = Unpooled.EMPTY_BUFFER;

    private ChannelWriter(EventLoop loop) {
        this.loop = loop;
    }

    static ChannelWriter of(EventLoop loop) {
        return BY_LOOP.computeIfAbsent(loop, ChannelWriter::new);
    }

    /** Runs it soon on the event loop, in the order of the calls. Never blocks. */
    void execute(Runnable write) {
        due.add(write);
        writing.wake();
    }

    private void wakeLoop() {
        loop.execute(this::run);
    }

    private void run() {
        int left = WRITES_PER_TURN;
        try {
            for (Runnable write = due.poll(); write != null; write = --left > 0 ? due.poll() : null) {
                write.run();
            }
        } finally {
            if (due.isEmpty()) {
                writing.end();
            } else {
                // What is only executed is run before the loop looks at its sockets again. What is scheduled keeps its
                // failure to itself, so that only leads to what is executed.
                var unused = loop.schedule(this::wakeLoop, 0, TimeUnit.NANOSECONDS);
            }
        }
    }

    /** The frame of the text, for one write. On the event loop. */
    ByteBuf frame(String wanted) {
        // The very same instance: comparing the characters would cost as much as encoding them.
        if (!isSame(wanted)) {
            ByteBuf encoded = encode(wanted);
            frame.release();
            frame = encoded;
            text = wanted;
        }
        return frame.retainedDuplicate();
    }

    /** A ping without a payload, for one write. */
    ByteBuf ping() {
        return ping.retainedDuplicate();
    }

    @SuppressWarnings("ReferenceEquality")
    private boolean isSame(String wanted) {
        return text == wanted && frame.isReadable();
    }

    private ByteBuf encode(String json) {
        byte[] payload = json.getBytes(StandardCharsets.UTF_8);
        ByteBuf encoded = allocator.directBuffer(payload.length + HEADER_MAX).writeByte(FINAL_TEXT);
        if (payload.length <= LENGTH_IN_BYTE) {
            encoded.writeByte(payload.length);
        } else if (payload.length <= LENGTH_IN_SHORT) {
            encoded.writeByte(SHORT_FOLLOWS).writeShort(payload.length);
        } else {
            encoded.writeByte(LONG_FOLLOWS).writeLong(payload.length);
        }
        return encoded.writeBytes(payload);
    }
}
