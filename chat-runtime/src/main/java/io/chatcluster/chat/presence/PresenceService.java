package io.chatcluster.chat.presence;

import io.chatcluster.chat.message.MessageLimits;
import io.chatcluster.chat.protocol.ChatException;
import io.chatcluster.chat.protocol.ErrorCode;
import io.chatcluster.chat.room.UserId;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;

/** Presence as users ask for it: only of those they share a room with; all others look as if they were never there. */
@ApplicationScoped
public class PresenceService {

    /** Users asked for at once. */
    public static final int ASKED_MAX = 100;

    /** Who shares a room with whom is asked of the store, for each of them: so many count like one more command or request. */
    public static final int USERS_PER_COMMAND = 20;

    private static final Duration RETRY_AFTER = Duration.ofSeconds(2);

    private final PresenceStore store;
    private final LastSeenStore lastSeen;
    private final PresenceWatch watch;
    private final Visibility visibility;
    private final MessageLimits limits;

    @Inject
    public PresenceService(
            PresenceStore store,
            LastSeenStore lastSeen,
            PresenceWatch watch,
            Visibility visibility,
            MessageLimits limits) {
        this.store = store;
        this.lastSeen = lastSeen;
        this.watch = watch;
        this.visibility = visibility;
        this.limits = limits;
    }

    /**
     * A connection of {@code me} that may watch others, until it is closed.
     *
     * @param told never blocks; false when the connection has no room for it now, and is to be told again
     */
    public PresenceSubscriptions subscriptions(UserId me, Predicate<Presence> told) {
        return new PresenceSubscriptions(new Watcher(me, told), watch, visibility);
    }

    /**
     * How the users are now, in the order they are asked for. Counts by how many they are. Blocks.
     *
     * @throws ChatException {@code too_large} for more than {@link #ASKED_MAX} users, {@code rate_limited}, {@code
     *     unavailable} when presence is not known, which is while Redis is away
     */
    public List<Presence> presence(UserId me, List<UserId> users) {
        Set<UserId> asked = new LinkedHashSet<>(users);
        if (asked.size() > ASKED_MAX) {
            throw new ChatException(ErrorCode.TOO_LARGE, "users: at most " + ASKED_MAX + " can be asked for at once");
        }
        limits.takeQuestion(me, 1 + asked.size() / USERS_PER_COMMAND);
        Set<UserId> visible = visibility.visible(me, asked);
        Map<UserId, Sighting> sightings = store.read(visible);
        if (sightings.size() < visible.size()) {
            throw new ChatException(ErrorCode.UNAVAILABLE, "presence is not known for now", RETRY_AFTER);
        }
        Map<UserId, Long> kept = lastSeen.lastSeen(visible);
        List<Presence> answer = new ArrayList<>();
        for (UserId user : asked) {
            Sighting sighting = sightings.get(user);
            answer.add(sighting == null ? Presence.unknown(user) : presence(user, sighting, kept));
        }
        return answer;
    }

    private static Presence presence(UserId user, Sighting sighting, Map<UserId, Long> kept) {
        PresenceState state = sighting.state();
        if (state == null) {
            return new Presence(user, PresenceState.OFFLINE, kept.get(user));
        }
        return new Presence(user, state, state == PresenceState.ONLINE ? null : sighting.seenAt());
    }
}
