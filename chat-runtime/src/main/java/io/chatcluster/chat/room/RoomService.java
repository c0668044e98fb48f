package io.chatcluster.chat.room;

import io.chatcluster.chat.operations.ChatConfig;
import io.chatcluster.chat.protocol.ChatException;
import io.chatcluster.chat.protocol.ErrorCode;
import io.chatcluster.chat.protocol.TextRule;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Rooms and members as users change them. Every method blocks: call it on a virtual thread. */
@ApplicationScoped
public class RoomService {

    public static final int NAME_LENGTH_MAX = 200;

    /** Members that are read at a time. */
    public static final int MEMBERS_PAGE_MAX = 1_000;

    /** Older memberships have been found by the pods of those who are connected: they look for themselves. */
    private static final Duration NEW = Duration.ofMinutes(10);

    private final RoomStore store;
    private final RoomJournal journal;
    private final RoomAccess access;
    private final BlockStore blocks;
    private final MembershipListener listener;
    private final RoomViews views;
    private final OwedEvents owed;
    private final RoomFiles files;
    private final MemberSweep sweep;
    private final int membersMax;

    @Inject
    public RoomService(
            RoomStore store,
            RoomJournal journal,
            RoomAccess access,
            BlockStore blocks,
            MembershipListener listener,
            RoomViews views,
            OwedEvents owed,
            RoomFiles files,
            ChatConfig config) {
        this.store = store;
        this.journal = journal;
        this.access = access;
        this.blocks = blocks;
        this.listener = listener;
        this.views = views;
        this.owed = owed;
        this.files = files;
        this.sweep = new MemberSweep(store, listener);
        this.membersMax = config.limits().roomMembersMax();
    }

    /**
     * The direct room of two users, created when it is not there yet; the same one from both sides.
     *
     * @throws ChatException {@code forbidden} when one of them blocks the other
     */
    public FoundRoom direct(UserId me, UserId other) {
        if (blocks.between(me, other)) {
            throw RoomAccess.blocked();
        }
        RoomId id = RoomId.direct(me, other);
        Set<UserId> users = new LinkedHashSet<>(List.of(me, other));
        Room room = new Room(id, RoomKind.DIRECT, null, me, System.currentTimeMillis(), users.size());
        boolean created = store.createRoom(room);
        if (!created) {
            room = store.room(id).orElse(room);
        }
        // Also when the room was there: whoever created it may have been stopped before both were members.
        for (UserId user : users) {
            addFounder(Membership.direct(id, user, user.equals(me) ? other : me));
        }
        return new FoundRoom(room, created);
    }

    /** Creates a group room that {@code me} owns and the others are members of. */
    public Room group(UserId me, String name, List<UserId> members) {
        requireName(name);
        Set<UserId> others = new LinkedHashSet<>(members);
        others.remove(me);
        if (others.size() + 1 > membersMax) {
            MemberChange.FULL.require(membersMax);
        }
        Room room = new Room(RoomId.group(), RoomKind.GROUP, name, me, System.currentTimeMillis(), others.size() + 1);
        store.createRoom(room);
        addFounder(Membership.joining(room.id(), me, Role.OWNER, 0));
        Concurrently.forEach(others, user -> addFounder(Membership.joining(room.id(), user, Role.MEMBER, 0)));
        return room;
    }

    public Room room(UserId me, RoomId id) {
        authorise(me, id, Permission.READ);
        return store.room(id).orElseThrow(RoomAccess::notFound);
    }

    /** The room as {@code me} sees it. */
    public RoomView view(UserId me, RoomId id) {
        Membership membership = authorise(me, id, Permission.READ);
        return views.view(store.room(id).orElseThrow(RoomAccess::notFound), membership);
    }

    /** See {@link RoomViews#following}. */
    public Following following(List<Membership> memberships, Map<String, Long> resume, int max) {
        return views.following(memberships, resume, max);
    }

    /** See {@link RoomViews#page}. */
    public RoomListing rooms(UserId me, @Nullable RoomCursor after, int limit) {
        return views.page(me, after, limit);
    }

    public Room rename(UserId me, RoomId id, String name) {
        authorise(me, id, Permission.MANAGE);
        requireName(name);
        Room room = requireGroup(id, "a direct room has no name");
        if (!name.equals(room.name())) {
            OwedEvent event = journal.renamed(me, name);
            if (store.renameRoom(id, name, event)) {
                owed.settle(id, List.of(event));
            } else {
                var unused = settled(id).orElseThrow(RoomAccess::notFound);
            }
        }
        return new Room(id, room.kind(), name, room.createdBy(), room.createdAt(), room.members());
    }

    /** Ends the room for all its members. */
    public void delete(UserId me, RoomId id) {
        authorise(me, id, Permission.OWN);
        requireGroup(id, "a direct room cannot be deleted");
        store.endRoom(id);
        // The owner goes last: whatever stops this half way, the owner can ask again.
        sweep.dropOthers(id, me);
        journal.append(id, journal.deleted(me));
        files.removeAll(id);
        store.deleteRoom(id);
        sweep.drop(id, me);
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
            OwedEvent event = journal.roleChanged(me, user, role);
            store.changeRole(present.get(), role, event).require(membersMax);
            changed(id, user, event);
        } else {
            tellIfNew(present.get());
        }
    }

    private void addMember(UserId me, RoomId id, UserId user, Role role) {
        OwedEvent event = journal.joined(me, user, role);
        MemberChange change = store.addMember(Membership.joining(id, user, role, journal.tail(id)), membersMax, event);
        if (change == MemberChange.OTHERWISE && hasRole(id, user, role)) {
            told(id, user);
            return;
        }
        change.require(membersMax);
        changed(id, user, event);
    }

    private boolean hasRole(RoomId id, UserId user, Role role) {
        return store.membership(user, id)
                .filter(member -> member.role() == role)
                .isPresent();
    }

    /** Removes a member; members may remove themselves, which is leaving. */
    public void removeMember(UserId me, RoomId id, UserId user) {
        if (me.equals(user)) {
            // Whoever has left and asks again is a stranger by now.
            var unused = settled(id);
        }
        authorise(me, id, me.equals(user) ? Permission.READ : Permission.MANAGE);
        requireGroup(id, "the members of a direct room are fixed");
        Optional<Membership> present = store.membership(user, id);
        if (present.isEmpty()) {
            changed(id, user);
            return;
        }
        if (present.get().role() == Role.OWNER && !me.equals(user)) {
            authorise(me, id, Permission.OWN);
        }
        OwedEvent event = journal.left(me, user);
        MemberChange change = store.removeMember(present.get(), event);
        if (change == MemberChange.OTHERWISE && store.membership(user, id).isEmpty()) {
            told(id, user);
            return;
        }
        change.require(membersMax);
        changed(id, user, event);
    }

    /**
     * A page of the room's members in the order of their user ids; somebody who joined within the last second may be
     * missing.
     *
     * @param after the last user of the page before; null for the first page
     * @param limit at most {@link #MEMBERS_PAGE_MAX}
     */
    public List<Membership> members(UserId me, RoomId id, @Nullable UserId after, int limit) {
        authorise(me, id, Permission.READ);
        return store.members(id, after, limit);
    }

    /** Mutes the room for {@code me}, or not any more. */
    public void mute(UserId me, RoomId id, boolean muted) {
        authorise(me, id, Permission.READ);
        if (!store.setMuted(me, id, muted)) {
            throw RoomAccess.notFound();
        }
        changed(id, me);
    }

    /** Moves the read marker forward. */
    public ReadMark markRead(UserId me, RoomId id, long seq) {
        return store.advanceRead(me, id, seq);
    }

    /**
     * The membership, when it allows what is asked.
     *
     * @throws ChatException as {@link RoomAccess#require}
     */
    public Membership authorise(UserId me, RoomId id, Permission permission) {
        return access.require(me, id, permission);
    }

    private void addFounder(Membership membership) {
        tellIfNew(store.addFounder(membership));
    }

    /** Also one that was there before: the request that added it, this very one maybe, may not have lived to tell. */
    private void tellIfNew(Membership membership) {
        if (membership.joinedAt() > System.currentTimeMillis() - NEW.toMillis()) {
            changed(membership.room(), membership.user());
        }
    }

    private void changed(RoomId id, UserId user) {
        listener.changed(id, user);
    }

    private void changed(RoomId id, UserId user, OwedEvent event) {
        changed(id, user);
        owed.settle(id, List.of(event));
    }

    /** What somebody else changed alike, or this very call before its answer was lost and it was tried again. */
    private void told(RoomId id, UserId user) {
        changed(id, user);
        var unused = settled(id);
    }

    /** The room, once its log tells of all that was changed before. */
    private Optional<Room> settled(RoomId id) {
        Optional<Room> room = store.room(id);
        room.ifPresent(found -> owed.settle(id, found.owed()));
        return room;
    }

    private Room requireGroup(RoomId id, String otherwise) {
        Room room = settled(id).orElseThrow(RoomAccess::notFound);
        return switch (room.kind()) {
            case GROUP -> room;
            case DIRECT -> throw new ChatException(ErrorCode.INVALID, "room: " + otherwise);
        };
    }

    private static void requireName(String name) {
        if (!TextRule.name(name, NAME_LENGTH_MAX)) {
            throw new ChatException(
                    ErrorCode.INVALID,
                    "name: must have 1 to " + NAME_LENGTH_MAX + " characters on one line, not all of them blank");
        }
    }
}
