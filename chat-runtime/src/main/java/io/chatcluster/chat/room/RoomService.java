package io.chatcluster.chat.room;

import io.chatcluster.chat.operations.ChatConfig;
import io.chatcluster.chat.protocol.ChatException;
import io.chatcluster.chat.protocol.ErrorCode;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.SequencedSet;
import org.jspecify.annotations.Nullable;

/** Rooms and members as users change them. Every method blocks: call it on a virtual thread. */
@ApplicationScoped
public class RoomService {

    public static final int NAME_LENGTH_MAX = 200;

    private final RoomStore store;
    private final RoomJournal journal;
    private final MembershipCache cache;
    private final MembershipListener listener;
    private final RoomViews views;
    private final int membersMax;

    @Inject
    public RoomService(
            RoomStore store,
            RoomJournal journal,
            MembershipCache cache,
            MembershipListener listener,
            RoomViews views,
            ChatConfig config) {
        this.store = store;
        this.journal = journal;
        this.cache = cache;
        this.listener = listener;
        this.views = views;
        this.membersMax = config.limits().roomMembersMax();
    }

    /** The direct room of two users, created when it is not there yet; the same one from both sides. */
    public Room direct(UserId me, UserId other) {
        RoomId id = RoomId.direct(me, other);
        Room room = new Room(id, RoomKind.DIRECT, null, me, System.currentTimeMillis());
        if (!store.createRoom(room)) {
            room = store.room(id).orElse(room);
        }
        // Also when the room was there: whoever created it may have been stopped before both were members.
        for (UserId user : new LinkedHashSet<>(List.of(me, other))) {
            addNew(new Membership(id, user, Role.MEMBER, 0, System.currentTimeMillis(), 0));
        }
        return room;
    }

    /** Creates a group room that {@code me} owns and the others are members of. */
    public Room group(UserId me, @Nullable String name, List<UserId> members) {
        requireName(name);
        SequencedSet<UserId> others = new LinkedHashSet<>(members);
        others.remove(me);
        if (others.size() + 1 > membersMax) {
            throw tooManyMembers();
        }
        long now = System.currentTimeMillis();
        Room room = new Room(RoomId.group(), RoomKind.GROUP, name, me, now);
        store.createRoom(room);
        addNew(new Membership(room.id(), me, Role.OWNER, 0, now, 0));
        Concurrently.forEach(others, user -> addNew(new Membership(room.id(), user, Role.MEMBER, 0, now, 0)));
        return room;
    }

    public Room room(UserId me, RoomId id) {
        authorise(me, id, Permission.READ);
        return store.room(id).orElseThrow(RoomService::notFound);
    }

    /** The room as {@code me} sees it. */
    public RoomView view(UserId me, RoomId id) {
        Room room = room(me, id);
        return views.view(room, store.membership(me, id).orElseThrow(RoomService::notFound));
    }

    /** Every room {@code me} is a member of. */
    public List<RoomView> rooms(UserId me) {
        return views.all(me);
    }

    public Room rename(UserId me, RoomId id, String name) {
        authorise(me, id, Permission.MANAGE);
        requireName(name);
        Room room = requireGroup(id, "a direct room has no name");
        if (!name.equals(room.name()) && store.renameRoom(id, name)) {
            journal.renamed(id, me, name);
        }
        return new Room(id, room.kind(), name, room.createdBy(), room.createdAt());
    }

    /** Ends the room for all its members. */
    public void delete(UserId me, RoomId id) {
        authorise(me, id, Permission.OWN);
        requireGroup(id, "a direct room cannot be deleted");
        // The owner goes last: whatever stops this half way, the owner can ask again.
        List<Membership> others = store.members(id).stream()
                .filter(member -> !member.user().equals(me))
                .toList();
        Concurrently.forEach(others, member -> remove(id, member.user()));
        journal.deleted(id, me);
        store.deleteRoom(id);
        remove(id, me);
    }

    /** Makes the user a member in that role, or changes a member's role. */
    public void putMember(UserId me, RoomId id, UserId user, Role role) {
        authorise(me, id, Permission.MANAGE);
        requireGroup(id, "the members of a direct room are fixed");
        Optional<Membership> present = store.membership(user, id);
        boolean touchesOwner =
                role == Role.OWNER || present.map(Membership::role).orElse(role) == Role.OWNER;
        if (touchesOwner) {
            authorise(me, id, Permission.OWN);
        }
        if (present.isEmpty()) {
            addMember(me, id, user, role);
        } else if (present.get().role() != role) {
            requireOtherOwner(id, present.get());
            if (store.changeRole(user, id, role)) {
                changed(id, user);
                journal.roleChanged(id, me, user, role);
            }
        }
    }

    private void addMember(UserId me, RoomId id, UserId user, Role role) {
        if (store.countMembers(id) >= membersMax) {
            throw tooManyMembers();
        }
        long tail = journal.tail(id);
        if (addNew(new Membership(id, user, role, tail, System.currentTimeMillis(), tail))) {
            journal.joined(id, me, user, role);
        }
    }

    /** Removes a member; members may remove themselves, which is leaving. */
    public void removeMember(UserId me, RoomId id, UserId user) {
        authorise(me, id, me.equals(user) ? Permission.READ : Permission.MANAGE);
        requireGroup(id, "the members of a direct room are fixed");
        Optional<Membership> present = store.membership(user, id);
        if (present.isEmpty()) {
            return;
        }
        if (present.get().role() == Role.OWNER && !me.equals(user)) {
            authorise(me, id, Permission.OWN);
        }
        requireOtherOwner(id, present.get());
        if (remove(id, user)) {
            journal.left(id, me, user);
        }
    }

    public List<Membership> members(UserId me, RoomId id) {
        authorise(me, id, Permission.READ);
        return store.members(id);
    }

    /** Moves the read marker forward; false when it was there already. The caller has authorised. */
    public boolean markRead(UserId me, RoomId id, long seq) {
        return store.advanceRead(me, id, seq);
    }

    /**
     * The member's place in the room, when it allows what is asked. The role is at most
     * {@link MembershipCache#TIME_TO_LIVE} old.
     *
     * @throws ChatException {@code not_found} for no such room and for not-a-member alike, {@code forbidden} for a
     *     role that lacks the permission
     */
    public Membership authorise(UserId me, RoomId id, Permission permission) {
        if (id.reserved()) {
            throw notFound();
        }
        Membership membership = cache.require(me, id);
        if (!membership.role().allows(permission)) {
            throw new ChatException(ErrorCode.FORBIDDEN, "your role in the room does not allow this");
        }
        return membership;
    }

    private boolean addNew(Membership membership) {
        boolean added = store.addMember(membership);
        if (added) {
            changed(membership.room(), membership.user());
        }
        return added;
    }

    private boolean remove(RoomId id, UserId user) {
        boolean removed = store.removeMember(user, id);
        changed(id, user);
        return removed;
    }

    private void changed(RoomId id, UserId user) {
        cache.forget(user, id);
        listener.changed(id, user);
    }

    private Room requireGroup(RoomId id, String otherwise) {
        Room room = store.room(id).orElseThrow(RoomService::notFound);
        return switch (room.kind()) {
            case GROUP -> room;
            case DIRECT -> throw new ChatException(ErrorCode.INVALID, "room: " + otherwise);
        };
    }

    private void requireOtherOwner(RoomId id, Membership leaving) {
        boolean lastOwner = leaving.role() == Role.OWNER
                && store.members(id).stream()
                        .noneMatch(m -> m.role() == Role.OWNER && !m.user().equals(leaving.user()));
        if (lastOwner) {
            throw new ChatException(
                    ErrorCode.CONFLICT, "the room would have no owner: make another member owner, or delete the room");
        }
    }

    private static void requireName(@Nullable String name) {
        if (name != null && (name.isBlank() || name.length() > NAME_LENGTH_MAX)) {
            throw new ChatException(ErrorCode.INVALID, "name: must have 1 to " + NAME_LENGTH_MAX + " characters");
        }
    }

    private ChatException tooManyMembers() {
        return new ChatException(ErrorCode.TOO_LARGE, "members: a room has at most " + membersMax);
    }

    private static ChatException notFound() {
        return new ChatException(ErrorCode.NOT_FOUND, "no such room");
    }
}
