package io.chatcluster.chat.room;

import io.chatcluster.chat.protocol.ChatException;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Rooms and memberships as they are kept. Reads see every earlier write, except {@link #members}, which may lag by a
 * second. All methods block, and throw a {@link ChatException} with {@code unavailable} when the store does not answer.
 */
public interface RoomStore {

    Optional<Room> room(RoomId id);

    /** The rooms that exist among those asked for. */
    Map<RoomId, Room> rooms(Collection<RoomId> ids);

    /** False when there is such a room already; it is left as it is. */
    boolean createRoom(Room room);

    /** False when there is no such room. */
    boolean renameRoom(RoomId id, String name);

    void deleteRoom(RoomId id);

    Optional<Membership> membership(UserId user, RoomId room);

    List<Membership> memberships(UserId user);

    List<Membership> members(RoomId room);

    int countMembers(RoomId room);

    /** False when the user is a member already; the membership is left as it is. */
    boolean addMember(Membership membership);

    /** False when the user is not a member. */
    boolean changeRole(UserId user, RoomId room, Role role);

    /** False when the user was not a member. */
    boolean removeMember(UserId user, RoomId room);

    /** Moves the read marker forward; false, and nothing is changed, for a lower one or one who is not a member. */
    boolean advanceRead(UserId user, RoomId room, long seq);
}
