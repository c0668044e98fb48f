package io.chatcluster.chat.delivery;

import io.chatcluster.chat.message.MessageLog;
import io.chatcluster.chat.protocol.ChatException;
import io.chatcluster.chat.room.RoomId;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.Function;
import org.jboss.logging.Logger;

/**
 * Asks about many rooms at once whether their logs go on after what their feeds have: nearly all do not, and one request
 * says so for a hundred. A room that goes on is looked at by its feed.
 */
final class SharedLooks {

    private static final Logger LOG = Logger.getLogger(SharedLooks.class);

    private final Function<Map<RoomId, Long>, Set<RoomId>> goneOn;

    /** @param goneOn of rooms and where their logs ended, those that go on; blocks */
    SharedLooks(Function<Map<RoomId, Long>, Set<RoomId>> goneOn) {
        this.goneOn = goneOn;
    }

    /** Has them looked at soon. Never blocks. */
    void start(List<RoomFeed> due) {
        Map<RoomFeed, Long> tails = new HashMap<>();
        for (RoomFeed feed : due) {
            OptionalLong tail = feed.knownTail();
            if (tail.isPresent() && feed.look().share()) {
                tails.put(feed, tail.getAsLong());
            } else {
                feed.check();
            }
            if (tails.size() == MessageLog.ASKED_TOGETHER_MAX) {
                startOne(tails);
                tails = new HashMap<>();
            }
        }
        if (!tails.isEmpty()) {
            startOne(tails);
        }
    }

    private void startOne(Map<RoomFeed, Long> tails) {
        Thread.ofVirtual().name("shared-look").start(() -> look(tails));
    }

    private void look(Map<RoomFeed, Long> tails) {
        Map<RoomId, Long> byRoom = new HashMap<>();
        tails.forEach((feed, tail) -> byRoom.put(feed.room(), tail));
        try {
            Set<RoomId> more = goneOn.apply(byRoom);
            for (RoomFeed feed : tails.keySet()) {
                feed.look().ended(true);
                if (more.contains(feed.room())) {
                    feed.check();
                }
            }
        } catch (ChatException e) {
            LOG.debugf(
                    "the log did not answer for %d rooms, the next checks ask again: %s", tails.size(), e.getMessage());
            tails.keySet().forEach(feed -> feed.look().ended(false));
        } catch (RuntimeException e) {
            LOG.error("A look at the rooms' logs failed", e);
            tails.keySet().forEach(feed -> feed.look().ended(false));
        }
    }
}
