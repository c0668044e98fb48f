package io.chatcluster.chat.session;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelPipeline;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.net.impl.ConnectionBase;
import org.jboss.logging.Logger;

/**
 * Cuts messages that are too large while they come in (RFC 6455, 5.2): their frames go on with only so many bytes that the
 * message is known to be too large, and nothing of the rest is kept. The decoder behind it would end the connection without a
 * word; so it stays in step and the client can be told why it is closed. A client that sends PINGs and takes no answer is cut off.
 */
final class MessageCutter extends ChannelInboundHandlerAdapter {
    private static final Logger LOG = Logger.getLogger(MessageCutter.class);
    private static final String HTTP_DECODER = "httpDecoder";
    private static final int FINAL = 0x80;
    private static final int OPCODE = 0x0f;
    private static final int FIRST_CONTROL_OPCODE = 0x8;
    private static final int PING_OPCODE = 0x9;
    private static final int MASKED = 0x80;
    private static final int LENGTH = 0x7f;
    private static final int MASK_BYTES = 4;

    private final long bytesMax;
    private final UntakenPongs pongs = new UntakenPongs();
    private final byte[] header = new byte[14];
    private int headerBytes;
    /** Of the frame at hand, what has not come yet. */
    private long left;
    /** Of that, what is to go on. */
    private long goesOn;
    /** Of the message at hand, what went on in earlier frames. */
    private long wentOn;

    /** @param bytesMax how much of a message goes on: one byte more than is allowed shows that it is too large */
    MessageCutter(long bytesMax) {
        this.bytesMax = bytesMax;
    }

    /** Puts it in front of a connection that is about to become a WebSocket. */
    static void install(HttpConnection connection, long bytesMax) {
        if (connection instanceof ConnectionBase base) {
            ChannelPipeline pipeline = base.channelHandlerContext().pipeline();
            if (pipeline.get(HTTP_DECODER) != null && pipeline.get(MessageCutter.class) == null) {
                pipeline.addBefore(HTTP_DECODER, "messageCutter", new MessageCutter(bytesMax));
            }
        }
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
        if (!(message instanceof ByteBuf in)) {
            context.fireChannelRead(message);
            return;
        }
        try {
            int from = in.readerIndex();
            while (in.isReadable()) {
                from = left > 0 ? payload(context, in, from) : header(context, in, from);
            }
            goOn(context, in, from, in.readerIndex());
        } finally {
            in.release();
        }
    }

    /** Each of these returns where what is yet to go on begins. */
    private int payload(ChannelHandlerContext context, ByteBuf in, int from) {
        int come = (int) Math.min(left, in.readableBytes());
        int going = (int) Math.min(goesOn, come);
        left -= come;
        goesOn -= going;
        in.skipBytes(come);
        if (going == come) {
            return from;
        }
        goOn(context, in, from, in.readerIndex() - come + going);
        return in.readerIndex();
    }

    private int header(ChannelHandlerContext context, ByteBuf in, int from) {
        int start = in.readerIndex();
        boolean begun = headerBytes > 0;
        while (in.isReadable() && (headerBytes < 2 || headerBytes < headerLength())) {
            header[headerBytes++] = in.readByte();
        }
        boolean complete = headerBytes >= 2 && headerBytes == headerLength();
        if (!complete) {
            goOn(context, in, from, start);
            return in.readerIndex();
        }
        headerBytes = 0;
        if ((header[0] & OPCODE) == PING_OPCODE && !pongs.oneMore(context)) {
            return cutOff(context, in);
        }
        if (!beginFrame() && !begun) {
            return from;
        }
        goOn(context, in, from, start);
        context.fireChannelRead(shortened(context));
        return in.readerIndex();
    }

    private static int cutOff(ChannelHandlerContext context, ByteBuf in) {
        LOG.debugf("Socket %s sends pings and does not take the answers", context.channel());
        context.close();
        in.skipBytes(in.readableBytes());
        return in.readerIndex();
    }

    private int headerLength() {
        int length = header[1] & LENGTH;
        int extended = length == 127 ? Long.BYTES : length == 126 ? Short.BYTES : 0;
        return 2 + extended + ((header[1] & MASKED) == 0 ? 0 : MASK_BYTES);
    }

    /** Whether the frame is to be cut. */
    private boolean beginFrame() {
        int opcode = header[0] & OPCODE;
        left = payloadLength();
        if (opcode >= FIRST_CONTROL_OPCODE || left < 0) {
            // Small, or malformed: the decoder says.
            left = left < 0 ? Long.MAX_VALUE : left;
            goesOn = left;
            return false;
        }
        if (opcode != 0) {
            wentOn = 0;
        }
        goesOn = Math.min(left, bytesMax - wentOn);
        wentOn = (header[0] & FINAL) == 0 ? wentOn + goesOn : 0;
        return goesOn < left;
    }

    private long payloadLength() {
        int length = header[1] & LENGTH;
        int bytes = length == 127 ? Long.BYTES : length == 126 ? Short.BYTES : 0;
        if (bytes == 0) {
            return length;
        }
        long extended = 0;
        for (int i = 2; i < 2 + bytes; i++) {
            extended = extended << Byte.SIZE | header[i] & 0xff;
        }
        return extended;
    }

    /** The header at hand, with the length that goes on. */
    private ByteBuf shortened(ChannelHandlerContext context) {
        int headerLength = headerLength();
        ByteBuf out = context.alloc().buffer(header.length);
        out.writeByte(header[0]);
        if (left == goesOn) {
            return out.writeBytes(header, 1, headerLength - 1);
        }
        int mask = header[1] & MASKED;
        if (goesOn < 126) {
            out.writeByte(mask | (int) goesOn);
        } else if (goesOn <= 0xffff) {
            out.writeByte(mask | 126).writeShort((int) goesOn);
        } else {
            out.writeByte(mask | 127).writeLong(goesOn);
        }
        return mask == 0 ? out : out.writeBytes(header, headerLength - MASK_BYTES, MASK_BYTES);
    }

    private static void goOn(ChannelHandlerContext context, ByteBuf in, int from, int to) {
        if (from < to) {
            context.fireChannelRead(in.retainedSlice(from, to - from));
        }
    }
}
