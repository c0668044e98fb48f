package io.chatcluster.chat.session;

import io.chatcluster.chat.delivery.RoomNotice;
import java.time.Duration;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/** What waits to be handled by one session, in order and bounded. Offering never blocks. */
final class SessionInbox {

    /** One thing to do. */
    sealed interface Item {
        record Frame(String text) implements Item {}

        record Notice(RoomNotice notice) implements Item {}

        record HandOver(Duration after, String reason, Duration timeout) implements Item {}

        record End() implements Item {}
    }

    private final LinkedBlockingQueue<Item> items = new LinkedBlockingQueue<>();
    private final AtomicInteger frames = new AtomicInteger();
    private final AtomicLong chars = new AtomicLong();
    private final AtomicInteger notices = new AtomicInteger();
    private final SessionConfig config;

    SessionInbox(SessionConfig config) {
        this.config = config;
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

    /** Blocks until there is something. */
    Item take() throws InterruptedException {
        Item item = items.take();
        switch (item) {
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
