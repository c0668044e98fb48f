package io.chatcluster.chat.presence;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.chatcluster.chat.delivery.Fanout;
import io.chatcluster.chat.protocol.ChatException;
import io.chatcluster.chat.protocol.FrameWriter;
import io.chatcluster.chat.protocol.ServerFrame;
import io.chatcluster.chat.room.Permission;
import io.chatcluster.chat.room.RoomId;
import io.chatcluster.chat.room.RoomService;
import io.chatcluster.chat.room.UserId;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Duration;

/** Tells the others in a room that a user is typing, unless they are too many. */
@ApplicationScoped
public class TypingService {

    /** In rooms of more members typing is told to nobody. */
    public static final int MEMBERS_MAX = 100;

    private static final Duration COUNT_KEPT = Duration.ofSeconds(30);
    private static final int COUNTS_MAX = 50_000;

    private final FrameWriter writer = new FrameWriter();
    private final RoomService rooms;
    private final Fanout fanout;
    private final Cache<RoomId, Integer> members = Caffeine.newBuilder()
            .expireAfterWrite(COUNT_KEPT)
            .maximumSize(COUNTS_MAX)
            .build();

    @Inject
    public TypingService(RoomService rooms, Fanout fanout) {
        this.rooms = rooms;
        this.fanout = fanout;
    }

    /**
     * Tells it to the other members who are connected, on any pod, best effort. Blocks.
     *
     * @throws ChatException as {@link RoomService#authorise} for sending
     */
    public void typing(UserId me, RoomId room) {
        rooms.authorise(me, room, Permission.SEND);
        if (members.get(room, rooms::memberCount) <= MEMBERS_MAX) {
            fanout.signal(room, me, writer.write(new ServerFrame.Typing(room.value(), me.value())));
        }
    }
}
