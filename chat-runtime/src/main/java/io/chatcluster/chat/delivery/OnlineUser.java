package io.chatcluster.chat.delivery;

import io.chatcluster.chat.protocol.ChatException;
import io.chatcluster.chat.room.LivePlaces;
import io.chatcluster.chat.room.Membership;
import io.chatcluster.chat.room.Place;
import io.chatcluster.chat.room.RoomId;
import io.chatcluster.chat.room.RoomStore;
import io.chatcluster.chat.room.UserId;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.BiConsumer;
import java.util.stream.Collectors;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/** A user with connections on this pod, and the rooms they are known to be in. The store decides; all else are hints. */
final class OnlineUser implements Checked {

    private static final Logger LOG = Logger.getLogger(OnlineUser.class);

    private final UserId user;
    private final String origin;
    private final RoomStore store;
    private final BiConsumer<RoomId, UserId> removed;
    private final Mailbox mailbox;
    private final List<UserListener> listeners = new CopyOnWriteArrayList<>();
    private final NextLook look = new NextLook();
    private @Nullable Attachment subscription;

    /** Changed only in the mailbox; null until it has been read once. */
    private volatile @Nullable Rooms rooms;

    /** @param asOf a moment at which it was so, on the clock of {@link System#nanoTime()} */
    private record Rooms(Map<RoomId, Place> places, long asOf) {}

    /**
     * @param origin names this pod in what it sends to the others
     * @param removed ends the user's attachments to a room
     */
    OnlineUser(UserId user, String origin, RoomStore store, BiConsumer<RoomId, UserId> removed) {
        this.user = user;
        this.origin = origin;
        this.store = store;
        this.removed = removed;
        this.mailbox = new Mailbox("user", user);
    }

    static String channel(UserId user) {
        return "user:" + user.value();
    }

    @Override
    public String channel() {
        return channel(user);
    }

    /** Begins to listen; called once. What is {@code missed} is told there. */
    void open(Broker broker, Runnable missed) {
        subscription = broker.subscribe(channel(user), new Broker.Subscriber() {
            @Override
            public void message(String payload) {
                if (OwnRead.is(payload)) {
                    OwnRead.decode(payload, origin).ifPresent(OnlineUser.this::read);
                } else {
                    changed(new RoomId(payload));
                }
            }

            @Override
            public void interrupted() {
                look.missed();
                missed.run();
            }
        });
    }

    void add(UserListener listener) {
        listeners.add(listener);
    }

    /** False when there are others. */
    boolean removeLast(UserListener listener) {
        listeners.remove(listener);
        return listeners.isEmpty();
    }

    /** Looks what rooms the user is in, and blocks until that is known. */
    List<Membership> memberships() {
        return mailbox.await(() -> compare(null));
    }

    /** A membership or a room of the user may be different. */
    void changed(RoomId room) {
        mailbox.execute(() -> compareSafely(room));
    }

    /** The user has read a room. */
    void read(OwnRead read) {
        mailbox.execute(() -> tell(new RoomNotice.Read(read.room(), read.seq())));
    }

    /** The room changed, and no membership in it. */
    void renamed(RoomId room) {
        mailbox.execute(() -> {
            if (isIn(room)) {
                tell(new RoomNotice.Changed(room));
            }
        });
    }

    /** The user left the room, although it may be that they are back by now. */
    void left(RoomId room) {
        mailbox.execute(() -> {
            Rooms present = rooms;
            if (present != null && present.places.containsKey(room)) {
                Map<RoomId, Place> others = new HashMap<>(present.places);
                others.remove(room);
                rooms = new Rooms(Map.copyOf(others), present.asOf);
                // A connection may have attached since the event, by what was known until now.
                removed.accept(room, user);
                tell(new RoomNotice.Removed(room));
            }
        });
    }

    private boolean isIn(RoomId room) {
        return inAny(Set.of(room));
    }

    /** Whether the user is in one of the rooms, as far as is known here. */
    boolean inAny(Set<RoomId> some) {
        Rooms present = rooms;
        return present != null && !Collections.disjoint(present.places.keySet(), some);
    }

    /** Null when the user is not known to be in the room. */
    LivePlaces.@Nullable Known place(RoomId room) {
        Rooms present = rooms;
        Place place = present == null ? null : present.places.get(room);
        return present == null || place == null ? null : new LivePlaces.Known(place, present.asOf);
    }

    @Override
    public NextLook look() {
        return look;
    }

    /** Looks what rooms the user is in. */
    @Override
    public void check() {
        look.soon(mailbox, () -> compareSafely(null));
    }

    private void compareSafely(@Nullable RoomId changed) {
        try {
            var unused = compare(changed);
        } catch (ChatException e) {
            LOG.debugf("user %s: the store did not answer, the next check asks it: %s", user, e.getMessage());
            look.failed();
        }
    }

    /** @param changed a room that is different in a way that places do not show */
    private List<Membership> compare(@Nullable RoomId changed) {
        long asOf = System.nanoTime();
        List<Membership> memberships = store.memberships(user);
        Map<RoomId, Place> present =
                memberships.stream().collect(Collectors.toUnmodifiableMap(Membership::room, Place::of));
        look.done();
        Rooms before = rooms;
        rooms = new Rooms(present, asOf);
        if (before != null) {
            tellDifference(before.places, present, changed);
        }
        return memberships;
    }

    private void tellDifference(Map<RoomId, Place> before, Map<RoomId, Place> present, @Nullable RoomId changed) {
        for (RoomId room : before.keySet()) {
            if (!present.containsKey(room)) {
                removed.accept(room, user);
                tell(new RoomNotice.Removed(room));
            }
        }
        present.forEach((room, place) -> {
            Place former = before.get(room);
            if (former == null) {
                tell(new RoomNotice.Added(room));
            } else if (!former.equals(place) || room.equals(changed)) {
                tell(new RoomNotice.Changed(room));
            }
        });
    }

    private void tell(RoomNotice notice) {
        for (UserListener listener : listeners) {
            listener.notice(notice);
        }
    }

    void close() {
        if (subscription != null) {
            subscription.close();
        }
    }
}
