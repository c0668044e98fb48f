package io.chatcluster.chat.user;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.chatcluster.chat.protocol.ChatException;
import io.chatcluster.chat.protocol.ErrorCode;
import io.chatcluster.chat.protocol.TextRule;
import io.chatcluster.chat.room.UserId;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Users as they see and find each other. Every method blocks: call it on a virtual thread. */
@ApplicationScoped
public class UserService {

    public static final int DISPLAY_NAME_LENGTH_MAX = 100;
    public static final int QUERY_LENGTH_MAX = 128;
    /** Users of one page. */
    public static final int PAGE_MAX = 100;

    private static final int SIGNED_IN_MAX = 200_000;
    private static final Duration SIGNED_IN_KEPT = Duration.ofHours(24);
    private static final int ATTEMPTS_MAX = 5;

    private final UserStore store;
    private final AvatarCheck avatars;
    private final Cache<UserId, Boolean> signedIn = Caffeine.newBuilder()
            .maximumSize(SIGNED_IN_MAX)
            .expireAfterAccess(SIGNED_IN_KEPT)
            .build();

    @Inject
    public UserService(UserStore store, AvatarCheck avatars) {
        this.store = store;
        this.avatars = avatars;
    }

    /** Makes the user known to others. Only the first call of this pod for a user asks the store. */
    public void signedIn(UserId user) {
        if (signedIn.getIfPresent(user) == null) {
            var unused = profileOrNew(user);
            signedIn.put(user, true);
        }
    }

    private UserProfile profileOrNew(UserId user) {
        return store.profile(user).orElseGet(() -> {
            UserProfile fresh = new UserProfile(user, null, null, System.currentTimeMillis());
            store.create(fresh);
            return fresh;
        });
    }

    /**
     * What the user shows of themselves.
     *
     * @throws ChatException {@code not_found} when they have never signed in
     */
    public UserProfile profile(UserId user) {
        return store.profile(user).orElseThrow(() -> new ChatException(ErrorCode.NOT_FOUND, "no such user"));
    }

    /** The own profile: an empty one for a caller who is no user. */
    public UserProfile own(UserId me) {
        return store.profile(me).orElse(new UserProfile(me, null, null, System.currentTimeMillis()));
    }

    /** Replaces what {@code me} shows of themselves. An avatar that is another than before is checked, see {@link AvatarCheck}. */
    public UserProfile replace(UserId me, @Nullable String displayName, @Nullable String avatar) {
        String name = displayName == null || DirectoryTerm.of(displayName).blank() ? null : displayName.strip();
        requireName(name);
        for (int attempt = 0; attempt < ATTEMPTS_MAX; attempt++) {
            UserProfile present = profileOrNew(me);
            if (avatar != null && !avatar.equals(present.avatar())) {
                avatars.require(me, avatar);
            }
            UserProfile profile = new UserProfile(me, name, avatar, present.createdAt());
            if (store.replace(present, profile)) {
                return profile;
            }
        }
        throw new ChatException(ErrorCode.CONFLICT, "the profile is being changed by another request");
    }

    /**
     * A page of the users whose id or display name begins with the query, in any case.
     *
     * @param after {@link UserPage#next} of the page before; null for the first page
     * @param limit at most {@link #PAGE_MAX}
     */
    public UserPage find(String query, @Nullable String after, int limit) {
        if (DirectoryTerm.of(query).blank() || query.length() > QUERY_LENGTH_MAX) {
            throw new ChatException(ErrorCode.INVALID, "query: must have 1 to " + QUERY_LENGTH_MAX + " characters");
        }
        return store.find(query, after, limit);
    }

    private static void requireName(@Nullable String name) {
        if (name != null && !TextRule.name(name, DISPLAY_NAME_LENGTH_MAX)) {
            throw new ChatException(
                    ErrorCode.INVALID,
                    "displayName: must have at most " + DISPLAY_NAME_LENGTH_MAX
                            + " characters and no control characters");
        }
    }
}
