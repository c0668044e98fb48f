package io.chatcluster.chat.session;

import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;

/**
 * Bounds the answers to PINGs that wait in one channel. Each is answered, whether the client takes the answers or not: one that
 * only asks would fill the memory. For use on the event loop.
 */
final class UntakenPongs {
    /** More than a client sends that asks every second while a slow network takes the frame that is under way. */
    static final int MAX = 128;

    private int count;

    /** Notes a PING; false when too many came before the client took what waited at the first of them. */
    boolean oneMore(ChannelHandlerContext context) {
        if (count == 0) {
            // An empty write, which goes out with the answer, is done when all is that waits before it.
            context.write(Unpooled.EMPTY_BUFFER).addListener(taken -> count = 0);
        }
        count++;
        return count <= MAX;
    }
}
