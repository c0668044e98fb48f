package io.chatcluster.chat.session;

import io.chatcluster.chat.delivery.RoomNotice;
import io.netty.buffer.ByteBufUtil;
import java.time.Duration;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/** What waits to be handled by one session, in order and bounded. Offering never blocks. */
final class SessionInbox {

    /** One thing to do. */
    sealed interface Item {
        record Frame(String text) implements Item {}

        record Notice(RoomNotice notice) implements Item {}

        record HandOver(Duration after, String reason, Duration timeout) implements Item {}

        record End() implements Item {}
    }

    private final Queue<Item> items = new ConcurrentLinkedQueue<>();
    private final AtomicInteger frames = new AtomicInteger();
    private final AtomicLong chars = new AtomicLong();
    private final AtomicInteger notices = new AtomicInteger();
    private final SessionConfig config;

    SessionInbox(SessionConfig config) {
        this.config = config;
    }

    boolean tooLarge(String text) {
        int bytesMax = config.messageBytesMax();
        return text.length() > bytesMax / 3 && ByteBufUtil.utf8Bytes(text) > bytesMax;
    }

    /** False, and the text is dropped, when more waits than may. */
    boolean offer(String text) {
        if (frames.incrementAndGet() > config.inboundFramesMax()
                || chars.addAndGet(text.length()) > config.inboundCharsMax()) {
            return false;
        }
        return items.add(new Item.Frame(text));
    }

    /** False, and the notice is dropped, when more wait than may. */
    boolean offer(RoomNotice notice) {
        return notices.incrementAndGet() <= config.inboundNoticesMax() && items.add(new Item.Notice(notice));
    }

    /** Something there is one of. */
    void add(Item item) {
        items.add(item);
    }

    /** Characters of frames that wait. */
    long chars() {
        return chars.get();
    }

    boolean isEmpty() {
        return items.isEmpty();
    }

    /** The next, null when there is none. */
    @Nullable
    Item poll() {
        Item item = items.poll();
        switch (item) {
            case null -> {}
            case Item.Frame(String text) -> {
                frames.decrementAndGet();
                chars.addAndGet(-text.length());
            }
            case Item.Notice notice -> notices.decrementAndGet();
            case Item.HandOver handOver -> {}
            case Item.End end -> {}
        }
        return item;
    }
}
