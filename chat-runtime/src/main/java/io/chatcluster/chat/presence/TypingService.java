package io.chatcluster.chat.presence;

import io.chatcluster.chat.delivery.Fanout;
import io.chatcluster.chat.protocol.ChatException;
import io.chatcluster.chat.protocol.ServerFrame;
import io.chatcluster.chat.room.RoomAccess;
import io.chatcluster.chat.room.RoomId;
import io.chatcluster.chat.room.RoomSizes;
import io.chatcluster.chat.room.UserId;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;

/** Tells the others in a room that a user is typing, unless they are too many. */
@ApplicationScoped
public class TypingService {

    /** In rooms of more members typing is told to nobody. */
    public static final int MEMBERS_MAX = 100;

    private final RoomAccess access;
    private final RoomSizes sizes;
    private final Fanout fanout;

    @Inject
    public TypingService(RoomAccess access, RoomSizes sizes, Fanout fanout) {
        this.access = access;
        this.sizes = sizes;
        this.fanout = fanout;
    }

    /**
     * Tells it to the other members who are connected, on any pod, best effort. Blocks.
     *
     * @throws ChatException as {@link RoomAccess#mayWrite}
     */
    public void typing(UserId me, RoomId room) {
        var unused = access.mayWrite(me, room);
        if (sizes.atMost(room, MEMBERS_MAX)) {
            fanout.momentaryToOthers(room, me, new ServerFrame.Typing(room.value(), me.value()));
        }
    }
}
