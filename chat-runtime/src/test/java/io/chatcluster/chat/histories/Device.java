package io.chatcluster.chat.histories;

import com.fasterxml.jackson.databind.JsonNode;
import io.chatcluster.chat.delivery.Attachment;
import io.chatcluster.chat.room.RoomId;
import io.chatcluster.chat.room.UserId;
import io.chatcluster.chat.services.Inbox;
import io.chatcluster.chat.services.Pod;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A user's client: connects to one pod after the other, each time from the last event it has. */
final class Device {

    final UserId user;
    private final String name;
    private final List<JsonNode> received = new ArrayList<>();
    private @Nullable Inbox inbox;
    private @Nullable Attachment attachment;
    private int pod = -1;

    Device(UserId user, String name) {
        this.user = user;
        this.name = name;
    }

    boolean connected() {
        return attachment != null;
    }

    boolean connectedTo(int index) {
        return connected() && pod == index;
    }

    void connect(Pod to, int index, RoomId room) {
        Inbox fresh = new Inbox();
        inbox = fresh;
        attachment = to.hub.attach(user, room, received.size(), fresh);
        pod = index;
    }

    void disconnect() {
        Attachment ended = attachment;
        Inbox last = inbox;
        if (ended != null && last != null) {
            ended.close();
            received.addAll(last.events());
            attachment = null;
            inbox = null;
        }
    }

    /** Events so far, of the connection at hand too. */
    int count() {
        Inbox current = inbox;
        return received.size() + (current == null ? 0 : current.events().size());
    }

    /** All events of all its connections, in the order they came. */
    List<JsonNode> received() {
        return received;
    }

    @Override
    public String toString() {
        return name;
    }
}
