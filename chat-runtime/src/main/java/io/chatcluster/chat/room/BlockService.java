package io.chatcluster.chat.room;

import io.chatcluster.chat.protocol.ChatException;
import io.chatcluster.chat.protocol.ErrorCode;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Keeps users from writing to each other in their direct room. Every method blocks. */
@ApplicationScoped
public class BlockService {

    /** Users that one user may block. */
    public static final int BLOCKS_MAX = 1_000;

    private final BlockStore store;

    @Inject
    public BlockService(BlockStore store) {
        this.store = store;
    }

    /**
     * From now on neither can write to the other in their direct room, or create it.
     *
     * @throws ChatException {@code invalid} for oneself, {@code too_large} beyond {@link #BLOCKS_MAX} users
     */
    public void block(UserId me, UserId other) {
        if (me.equals(other)) {
            throw new ChatException(ErrorCode.INVALID, "user: nobody can block themselves");
        }
        if (store.blocked(me, null, BLOCKS_MAX).size() >= BLOCKS_MAX) {
            throw new ChatException(ErrorCode.TOO_LARGE, "blocks: a user can block at most " + BLOCKS_MAX);
        }
        store.block(me, other);
    }

    /** Takes back the own block only; that the other blocks {@code me} stays. */
    public void unblock(UserId me, UserId other) {
        store.unblock(me, other);
    }

    /**
     * A page of those whom {@code me} blocks.
     *
     * @param after the last one of the page before; null for the first page
     */
    public List<UserId> blocked(UserId me, @Nullable UserId after, int limit) {
        return store.blocked(me, after, limit);
    }
}
