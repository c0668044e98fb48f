package io.chatcluster.chat.user;

import io.chatcluster.chat.protocol.ChatException;
import io.chatcluster.chat.room.UserId;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Users as they are kept. Reads see every earlier write, except {@link #find}, which may lag by a second. All methods
 * block, and throw a {@link ChatException} with {@code unavailable} when the store does not answer.
 */
public interface UserStore {

    Optional<UserProfile> profile(UserId user);

    /** Keeps the profile of a user who has none yet; otherwise changes nothing. */
    void create(UserProfile profile);

    /**
     * Replaces a profile.
     *
     * @param present the profile as the caller knows it
     * @return false when it was another one by now; it is left as it is
     */
    boolean replace(UserProfile present, UserProfile profile);

    /**
     * A page of the users whose id or display name begins with the prefix, in the order of what begins so.
     *
     * @param prefix in any case, with at least one character
     * @param after {@link UserPage#next} of the page before; null for the first page
     * @throws ChatException {@code invalid} when {@code after} is not of a page for this prefix
     */
    UserPage find(String prefix, @Nullable String after, int limit);
}
