package io.chatcluster.chat.room;

import io.chatcluster.chat.protocol.ChatException;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Rooms and memberships as they are kept. A room's count of members changes together with its members, and it keeps an
 * owner whatever happens at once. Reads see every earlier write, except {@link #members}, which may lag by a second. All
 * methods block, and throw a {@link ChatException} with {@code unavailable} when the store does not answer.
 */
public interface RoomStore {

    Optional<Room> room(RoomId id);

    /** The rooms that exist among those asked for. */
    Map<RoomId, Room> rooms(Collection<RoomId> ids);

    /**
     * Creates a room whose members follow by {@link #addFounder}: its count of members includes them.
     *
     * @return false when there is such a room already; it is left as it is
     */
    boolean createRoom(Room room);

    /**
     * Adds the member unless there is that member already, who is left as they are.
     *
     * @return the membership that is there now
     */
    Membership addFounder(Membership membership);

    /**
     * False when there is no such room.
     *
     * @param event what the room owes its log from then on
     */
    boolean renameRoom(RoomId id, String name, OwedEvent event);

    /** The room's log has the events: they are not owed any more. */
    void settled(RoomId id, List<OwedEvent> events);

    /** From now on nobody can join. False when there is no such room. */
    boolean endRoom(RoomId id);

    void deleteRoom(RoomId id);

    Optional<Membership> membership(UserId user, RoomId room);

    List<Membership> memberships(UserId user);

    /**
     * A page of the room's members in the order of their user ids.
     *
     * @param after the last user of the page before; null for the first page
     */
    List<Membership> members(RoomId room, @Nullable UserId after, int limit);

    /**
     * Adds a member unless the room has {@code membersMax} already.
     *
     * @param event what the room owes its log when that is done, as for the changes below
     */
    MemberChange addMember(Membership membership, int membersMax, OwedEvent event);

    /** Gives the member another role. */
    MemberChange changeRole(Membership present, Role role, OwedEvent event);

    /** Removes the member, if still in that role. */
    MemberChange removeMember(Membership present, OwedEvent event);

    /** Removes a member of a room that is being deleted. */
    void dropMember(UserId user, RoomId room);

    /** False when the user is not a member. */
    boolean setMuted(UserId user, RoomId room, boolean muted);

    /** Moves the read marker forward; a lower one changes nothing. */
    ReadMark advanceRead(UserId user, RoomId room, long seq);
}
