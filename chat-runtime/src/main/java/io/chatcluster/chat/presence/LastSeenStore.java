package io.chatcluster.chat.presence;

import io.chatcluster.chat.protocol.ChatException;
import io.chatcluster.chat.room.UserId;
import java.util.Collection;
import java.util.Map;

/**
 * When users who are not there were last there. All methods block, and throw a {@link ChatException} with
 * {@code unavailable} when the store does not answer.
 */
public interface LastSeenStore {

    /** Keeps the time, epoch milliseconds, unless a later one is kept. */
    void seen(UserId user, long at);

    /** The times, epoch milliseconds, of those who were ever seen. */
    Map<UserId, Long> lastSeen(Collection<UserId> users);
}
