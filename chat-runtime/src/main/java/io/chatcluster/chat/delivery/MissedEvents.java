package io.chatcluster.chat.delivery;

import io.chatcluster.chat.message.EventBody;
import io.chatcluster.chat.message.RoomChange;
import io.chatcluster.chat.message.ShownEvents;
import io.chatcluster.chat.message.StoredEvent;
import io.chatcluster.chat.room.RoomId;
import io.chatcluster.chat.room.UserId;
import java.util.List;

/**
 * What a connection has missed of a room, up to its user's leaving unless they came back.
 *
 * @param events as they are shown now
 * @param left whether the user is not there any more
 */
record MissedEvents(RoomId room, List<StoredEvent> events, boolean left) {

    /** @param events consecutive ones, as they were committed */
    static MissedEvents of(RoomId room, UserId user, List<StoredEvent> events) {
        for (int last = events.size() - 1; last >= 0; last--) {
            RoomChange change = EventBody.change(events.get(last).body()).orElse(null);
            boolean joined = change instanceof RoomChange.Joined(UserId who) && who.equals(user);
            boolean left = change instanceof RoomChange.Deleted
                    || change instanceof RoomChange.Left(UserId who) && who.equals(user);
            if (joined) {
                break;
            }
            if (left) {
                return new MissedEvents(room, ShownEvents.among(events).subList(0, last + 1), true);
            }
        }
        return new MissedEvents(room, ShownEvents.among(events), false);
    }

    /** Offers them, and ends the attachment of one who is not there any more. */
    void offerTo(FeedAttachment attachment) {
        Push.encodeInParts(room, events).forEach(attachment::offer);
        if (left) {
            attachment.close();
        }
    }
}
