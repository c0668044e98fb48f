package io.chatcluster.chat.room;

import io.chatcluster.chat.protocol.ChatException;
import io.chatcluster.chat.protocol.ErrorCode;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import org.jspecify.annotations.Nullable;

/**
 * Who may do what in which room. The store decides, so that a change of a member or a block counts from the moment it is
 * answered, on every pod and whether Redis is there or not.
 *
 * <p>Only to say yes, and only to users with a connection here, the pod's memory does: to {@link #mayWrite} and
 * {@link #recall}, where the room's log has the last word (see {@link Grant}), and to {@link #wasMember}, where nothing
 * depends on it. What the pod remembers follows the notices of changes through Redis, the events of rooms that are listened to, and a periodic look at
 * the store. Blocks are in no log: they are read each time.
 *
 * <p>Every method but {@link #recall} blocks, and throws a {@link ChatException}: {@code not_found} for no such room and for
 * not-a-member alike, {@code forbidden} for a role that lacks the permission, and for writing to somebody when one of the two blocks the
 * other.
 */
@ApplicationScoped
public class RoomAccess {

    private final RoomStore store;
    private final BlockStore blocks;
    private final LivePlaces live;

    @Inject
    public RoomAccess(RoomStore store, BlockStore blocks, LivePlaces live) {
        this.store = store;
        this.blocks = blocks;
        this.live = live;
    }

    /** The member's membership as it is now. */
    public Membership require(UserId me, RoomId id, Permission permission) {
        if (id.reserved()) {
            throw notFound();
        }
        Membership membership = store.membership(me, id).orElseThrow(RoomAccess::notFound);
        check(me, Place.of(membership), permission);
        return membership;
    }

    /** That the member may do it now. */
    public Grant grant(UserId me, RoomId id, Permission permission) {
        long asOf = System.nanoTime();
        Membership membership = require(me, id, permission);
        return new Grant(me, membership.role(), asOf, () -> grant(me, id, permission));
    }

    /** That the member may send. Reads nothing for a connected member of a group room. */
    public Grant mayWrite(UserId me, RoomId id) {
        LivePlaces.Known known = live.find(me, id);
        if (known == null || !known.place().role().allows(Permission.SEND)) {
            return grant(me, id, Permission.SEND);
        }
        check(me, known.place(), Permission.SEND);
        return granted(me, id, known);
    }

    /** As {@link #mayWrite}, and never blocks: null where the store has to be asked. */
    public @Nullable Grant recall(UserId me, RoomId id) {
        LivePlaces.Known known = live.find(me, id);
        if (known == null
                || known.place().peer() != null
                || !known.place().role().allows(Permission.SEND)) {
            return null;
        }
        return granted(me, id, known);
    }

    private Grant granted(UserId me, RoomId id, LivePlaces.Known known) {
        return new Grant(me, known.place().role(), known.asOf(), () -> grant(me, id, Permission.SEND));
    }

    /** That the member may see the room, now or, when connected here, within the last seconds. */
    public void wasMember(UserId me, RoomId id) {
        if (live.find(me, id) == null) {
            require(me, id, Permission.READ);
        }
    }

    private void check(UserId me, Place place, Permission permission) {
        if (!place.role().allows(permission)) {
            throw new ChatException(ErrorCode.FORBIDDEN, "your role in the room does not allow this");
        }
        UserId peer = place.peer();
        if (permission == Permission.SEND && peer != null && blocks.between(me, peer)) {
            throw blocked();
        }
    }

    static ChatException blocked() {
        return new ChatException(ErrorCode.FORBIDDEN, "one of you blocks the other");
    }

    /** For one who turns out not to be a member. */
    public static ChatException notFound() {
        return new ChatException(ErrorCode.NOT_FOUND, "no such room");
    }
}
