package io.chatcluster.chat.room;

import io.chatcluster.chat.protocol.ChatException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Who does not want to hear from whom. Reads see every earlier write. All methods block, and throw a {@link ChatException}
 * with {@code unavailable} when the store does not answer.
 */
public interface BlockStore {

    /** Makes {@code user} block {@code other}; nothing changes when they do already. */
    void block(UserId user, UserId other);

    void unblock(UserId user, UserId other);

    /**
     * A page of those whom the user blocks, in the order of their ids.
     *
     * @param after the last one of the page before; null for the first page
     */
    List<UserId> blocked(UserId user, @Nullable UserId after, int limit);

    /** Whether one of the two blocks the other. */
    boolean between(UserId one, UserId other);
}
