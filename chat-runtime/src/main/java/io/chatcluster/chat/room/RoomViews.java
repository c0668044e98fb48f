package io.chatcluster.chat.room;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.List;
import java.util.Map;

/** What a user's rooms look like to them. Every method blocks. */
@ApplicationScoped
public class RoomViews {

    private final RoomStore store;
    private final RoomJournal journal;

    @Inject
    public RoomViews(RoomStore store, RoomJournal journal) {
        this.store = store;
        this.journal = journal;
    }

    RoomView view(Room room, Membership membership) {
        long tail = journal.tail(room.id());
        int unread = tail > membership.read()
                ? journal.unread(room.id(), membership.user(), membership.read(), RoomView.UNREAD_MAX)
                : 0;
        return new RoomView(room, membership, tail, unread);
    }

    List<RoomView> all(UserId user) {
        List<Membership> memberships = store.memberships(user);
        Map<RoomId, Room> rooms =
                store.rooms(memberships.stream().map(Membership::room).toList());
        // A membership outlives its room while the room is being deleted.
        List<Membership> present =
                memberships.stream().filter(m -> rooms.containsKey(m.room())).toList();
        return Concurrently.map(present, membership -> view(room(rooms, membership), membership));
    }

    private static Room room(Map<RoomId, Room> rooms, Membership membership) {
        Room room = rooms.get(membership.room());
        if (room == null) {
            throw new IllegalStateException("filtered above: " + membership.room());
        }
        return room;
    }
}
