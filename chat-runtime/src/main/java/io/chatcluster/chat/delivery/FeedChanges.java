package io.chatcluster.chat.delivery;

import io.chatcluster.chat.message.RoomChange;
import io.chatcluster.chat.room.RoomId;
import io.chatcluster.chat.room.UserId;
import java.util.Set;

/** Makes of what a room's events say about its members what is true from there on. For use in the feed's mailbox. */
final class FeedChanges {

    private final RoomId room;
    private final FeedConnections connections;
    private final FeedListener listener;

    FeedChanges(RoomId room, FeedConnections connections, FeedListener listener) {
        this.room = room;
        this.connections = connections;
        this.listener = listener;
    }

    void apply(RoomChange change) {
        switch (change) {
            case RoomChange.Joined(UserId user) -> listener.joined(room, user);
            case RoomChange.RoleChanged(UserId user) -> listener.changed(room, user);
            case RoomChange.Left(UserId user) -> {
                connections.end(user);
                listener.left(room, user);
            }
            case RoomChange.Renamed() -> connections.users().forEach(user -> listener.renamed(room, user));
            case RoomChange.Deleted() -> {
                Set<UserId> users = connections.users();
                connections.endAll();
                users.forEach(user -> listener.left(room, user));
            }
        }
    }
}
