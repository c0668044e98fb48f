package io.chatcluster.chat.room;

import io.chatcluster.chat.protocol.ChatException;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Rooms and members as users change them. Every method blocks: call it on a virtual thread. */
@ApplicationScoped
public class RoomService {

    /** The direct room of two users, created when it is not there yet; the same one from both sides. */
    public Room direct(UserId me, UserId other) {
        throw new UnsupportedOperationException();
    }

    /** Creates a group room that {@code me} owns. */
    public Room group(UserId me, @Nullable String name, List<UserId> members) {
        throw new UnsupportedOperationException();
    }

    public Room room(UserId me, RoomId id) {
        throw new UnsupportedOperationException();
    }

    public RoomView view(UserId me, RoomId id) {
        throw new UnsupportedOperationException();
    }

    public List<RoomView> rooms(UserId me) {
        throw new UnsupportedOperationException();
    }

    public Room rename(UserId me, RoomId id, String name) {
        throw new UnsupportedOperationException();
    }

    public void delete(UserId me, RoomId id) {
        throw new UnsupportedOperationException();
    }

    public void putMember(UserId me, RoomId id, UserId user, Role role) {
        throw new UnsupportedOperationException();
    }

    public void removeMember(UserId me, RoomId id, UserId user) {
        throw new UnsupportedOperationException();
    }

    public List<Membership> members(UserId me, RoomId id) {
        throw new UnsupportedOperationException();
    }

    /**
     * The member's place in the room, when it allows what is asked.
     *
     * @throws ChatException {@code not_found} for no such room and for not-a-member alike, {@code forbidden} for a
     *     role that lacks the permission
     */
    public Membership authorise(UserId me, RoomId id, Permission permission) {
        throw new UnsupportedOperationException();
    }
}
