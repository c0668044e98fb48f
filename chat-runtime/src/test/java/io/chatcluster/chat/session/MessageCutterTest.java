package io.chatcluster.chat.session;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelOutboundHandlerAdapter;
import io.netty.channel.ChannelPromise;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.util.ReferenceCountUtil;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MessageCutterTest {
    private static final int LIMIT = 1_000;
    private static final int CONTINUATION = 0;
    private static final int TEXT = 1;
    private static final int PING = 9;

    private final ByteBuf sent = Unpooled.buffer();
    private final ByteBuf expected = Unpooled.buffer();

    /** Bytes that come at a time: 1 is the worst that a network can do. */
    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 7, 100, 997, 1_000_000})
    void shouldCutWhatIsTooLongAndNothingElse(int chunk) {
        // Given
        frame(TEXT, true, 0, 0);
        frame(TEXT, true, 10, 10);
        frame(TEXT, true, LIMIT - 1, LIMIT - 1);
        frame(TEXT, true, LIMIT + 70_000, LIMIT);
        frame(PING, true, 5, 5);
        frame(TEXT, false, LIMIT - 100, LIMIT - 100);
        frame(PING, true, 125, 125);
        frame(CONTINUATION, false, 200, 100);
        frame(CONTINUATION, false, 70_000, 0);
        frame(CONTINUATION, true, 1, 0);
        frame(TEXT, false, 130, 130);
        frame(CONTINUATION, true, LIMIT - 130, LIMIT - 130);
        frame(TEXT, true, 1, 1);

        // When
        ByteBuf came = through(chunk);

        // Then
        assertThat(came).isEqualTo(expected);
    }

    @Test
    void shouldLeaveWhatIsNoFrameToTheDecoder() {
        // Given a length with its first bit set
        sent.writeByte(0x81).writeByte(0xff).writeLong(-1).writeZero(50);
        expected.writeBytes(sent.duplicate());

        // Then
        assertThat(through(7)).isEqualTo(expected);
    }

    @Test
    void shouldKeepStepInAnyMixtureOfFrames() {
        // Given
        Random random = new Random(1);
        for (int i = 0; i < 2_000; i++) {
            int bytes = random.nextInt(3 * LIMIT);
            frame(TEXT, true, bytes, Math.min(bytes, LIMIT));
        }

        // Then
        assertThat(through(1 + random.nextInt(5_000))).isEqualTo(expected);
    }

    @Test
    void shouldCutOffWhoSendsPingsAndTakesNoAnswer() {
        // Given
        EmbeddedChannel channel = new EmbeddedChannel(new FullSocket(), new MessageCutter(LIMIT));

        // When
        pings(channel, UntakenPongs.MAX);

        // Then
        assertThat(channel.isOpen()).isTrue();

        // When
        pings(channel, 1);

        // Then
        assertThat(channel.isOpen()).isFalse();
        assertThat(channel.inboundMessages()).hasSize(UntakenPongs.MAX);
    }

    @Test
    void shouldLetWhoTakesTheAnswersGoOnWithPings() {
        // Given
        FullSocket socket = new FullSocket();
        EmbeddedChannel channel = new EmbeddedChannel(socket, new MessageCutter(LIMIT));

        // When
        for (int i = 0; i < 3; i++) {
            pings(channel, UntakenPongs.MAX);
            socket.taken();
        }

        // Then
        assertThat(channel.isOpen()).isTrue();
        assertThat(channel.inboundMessages()).hasSize(3 * UntakenPongs.MAX);
    }

    private static void pings(EmbeddedChannel channel, int count) {
        for (int i = 0; i < count; i++) {
            ByteBuf ping = Unpooled.buffer();
            write(ping, PING, true, new byte[5], 5);
            channel.writeInbound(ping);
        }
    }

    private void frame(int opcode, boolean last, int bytes, int goingOn) {
        byte[] payload = new byte[bytes];
        new Random(bytes).nextBytes(payload);
        write(sent, opcode, last, payload, bytes);
        write(expected, opcode, last, payload, goingOn);
    }

    private static void write(ByteBuf out, int opcode, boolean last, byte[] payload, int bytes) {
        out.writeByte((last ? 0x80 : 0) | opcode);
        if (bytes < 126) {
            out.writeByte(0x80 | bytes);
        } else if (bytes <= 0xffff) {
            out.writeByte(0x80 | 126).writeShort(bytes);
        } else {
            out.writeByte(0x80 | 127).writeLong(bytes);
        }
        out.writeBytes(new byte[] {1, 2, 3, 4}).writeBytes(payload, 0, bytes);
    }

    private ByteBuf through(int chunk) {
        EmbeddedChannel channel = new EmbeddedChannel(new MessageCutter(LIMIT));
        while (sent.isReadable()) {
            channel.writeInbound(sent.readBytes(Math.min(chunk, sent.readableBytes())));
        }
        ByteBuf[] parts = List.copyOf(channel.inboundMessages()).toArray(ByteBuf[]::new);
        return Unpooled.wrappedBuffer(parts);
    }

    /** Takes nothing more until it is told to. */
    private static final class FullSocket extends ChannelOutboundHandlerAdapter {
        private final List<ChannelPromise> waiting = new ArrayList<>();

        @Override
        public void write(ChannelHandlerContext context, Object message, ChannelPromise promise) {
            ReferenceCountUtil.release(message);
            waiting.add(promise);
        }

        void taken() {
            waiting.forEach(ChannelPromise::setSuccess);
            waiting.clear();
        }
    }
}
