package io.chatcluster.chat.room;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What a user's rooms look like to them. Every method blocks. */
@ApplicationScoped
public class RoomViews {

    /** Up to so many rooms are ordered by activity, which takes a look at each of them for every page. */
    public static final int ACTIVITY_ORDER_MAX = 200;

    private static final Comparator<Active> NEWEST_FIRST = Comparator.comparingLong(Active::activeAt)
            .reversed()
            .thenComparing(active -> active.membership().room().value());

    private final RoomStore store;
    private final RoomJournal journal;
    private final OwedEvents owed;
    private final LiveRooms live;

    @Inject
    public RoomViews(RoomStore store, RoomJournal journal, OwedEvents owed, LiveRooms live) {
        this.store = store;
        this.journal = journal;
        this.owed = owed;
        this.live = live;
    }

    /** A membership with its room, and when something last happened there. */
    private record Active(Room room, Membership membership, long activeAt) {

        boolean after(RoomCursor cursor) {
            return activeAt < cursor.activeAt()
                    || activeAt == cursor.activeAt()
                            && room.id().value().compareTo(cursor.room().value()) > 0;
        }
    }

    RoomView view(Room room, Membership membership) {
        owed.settleSoon(room);
        return read(room, membership);
    }

    /**
     * As {@link #view}, from memory where that has all that the caller has: what came since then is pushed to them. When thousands
     * come back at once, the log is spared a look for each of their rooms.
     *
     * @param have the last sequence that the caller knows of
     */
    private RoomView glance(Room room, Membership membership, long have) {
        owed.settleSoon(room);
        LiveRooms.Glance glance = live.glance(room.id(), membership.user(), membership.read(), RoomView.UNREAD_MAX);
        return glance == null || glance.tail() < Math.max(have, membership.read())
                ? read(room, membership)
                : new RoomView(room, membership, glance.tail(), glance.unread());
    }

    private RoomView read(Room room, Membership membership) {
        long tail = journal.tail(room.id());
        int unread = tail > membership.read()
                ? journal.unread(room.id(), membership.user(), membership.read(), RoomView.UNREAD_MAX)
                : 0;
        return new RoomView(room, membership, tail, unread);
    }

    /**
     * At most {@code max} of a user's rooms, those that are resumed before others.
     *
     * @param resume by room id, the last sequence that the caller says to have
     */
    Following following(List<Membership> memberships, Map<String, Long> resume, int max) {
        List<Membership> followed = memberships.stream()
                .sorted(Comparator.comparing(
                        membership -> !resume.containsKey(membership.room().value())))
                .limit(max)
                .toList();
        Map<RoomId, Room> rooms = rooms(followed);
        List<RoomView> views = Concurrently.map(
                        followed,
                        membership -> present(rooms, membership)
                                .map(room -> glance(
                                        room,
                                        membership,
                                        resume.getOrDefault(room.id().value(), 0L))))
                .stream()
                .flatMap(Optional::stream)
                .toList();
        return new Following(views, followed.size() < memberships.size());
    }

    /**
     * A page of the user's rooms: the ones with the newest activity first, or by room id for a user of more than
     * {@link #ACTIVITY_ORDER_MAX} rooms.
     */
    public RoomListing page(UserId user, @Nullable RoomCursor after, int limit) {
        List<Membership> memberships = store.memberships(user);
        List<Active> found = memberships.size() <= ACTIVITY_ORDER_MAX
                ? byActivity(memberships, after, limit)
                : byId(memberships, after, limit);
        // One more than asked for shows whether there is more.
        boolean more = found.size() > limit;
        List<Active> page = more ? found.subList(0, limit) : found;
        List<RoomListing.Entry> entries = Concurrently.map(page, this::entry);
        Active last = page.isEmpty() ? null : page.getLast();
        boolean ordered = memberships.size() <= ACTIVITY_ORDER_MAX;
        return new RoomListing(
                entries,
                more && last != null
                        ? new RoomCursor(
                                ordered ? last.activeAt() : 0, last.room().id())
                        : null);
    }

    private List<Active> byActivity(List<Membership> memberships, @Nullable RoomCursor after, int limit) {
        return active(memberships).stream()
                .sorted(NEWEST_FIRST)
                .filter(active -> after == null || active.after(after))
                .limit(limit + 1L)
                .toList();
    }

    /** The store keeps a user's memberships in this order. */
    private List<Active> byId(List<Membership> memberships, @Nullable RoomCursor after, int limit) {
        return active(memberships.stream()
                .filter(m ->
                        after == null || m.room().value().compareTo(after.room().value()) > 0)
                .limit(limit + 1L)
                .toList());
    }

    private List<Active> active(List<Membership> memberships) {
        Map<RoomId, Room> rooms = rooms(memberships);
        return Concurrently.map(
                        memberships, membership -> present(rooms, membership).map(room -> active(room, membership)))
                .stream()
                .flatMap(Optional::stream)
                .toList();
    }

    private Active active(Room room, Membership membership) {
        return new Active(room, membership, Math.max(room.createdAt(), journal.lastTime(room.id())));
    }

    private RoomListing.Entry entry(Active active) {
        return new RoomListing.Entry(
                view(active.room(), active.membership()),
                active.activeAt(),
                journal.lastMessage(active.room().id()).orElse(null));
    }

    private Map<RoomId, Room> rooms(List<Membership> memberships) {
        return store.rooms(memberships.stream().map(Membership::room).toList());
    }

    /** A membership outlives its room while the room is being deleted. */
    private static Optional<Room> present(Map<RoomId, Room> rooms, Membership membership) {
        return Optional.ofNullable(rooms.get(membership.room()));
    }
}
