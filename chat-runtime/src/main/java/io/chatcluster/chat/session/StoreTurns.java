package io.chatcluster.chat.session;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.concurrent.Semaphore;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Lets the sessions of this pod read the store some at a time. All clients may come at once, or a change concern all members of
 * a large room: more reads than the store answers in time would all fail, and be asked again.
 */
@ApplicationScoped
class StoreTurns {
    private final Semaphore turns;

    @Inject
    StoreTurns(SessionConfig config) {
        this(config.storeTurns());
    }

    StoreTurns(int turns) {
        this.turns = new Semaphore(turns, true);
    }

    /** Reads when it is this caller's turn, who must not have one already, and waits for no client meanwhile. */
    <T extends @Nullable Object> T take(Supplier<T> read) throws InterruptedException {
        turns.acquire();
        try {
            return read.get();
        } finally {
            turns.release();
        }
    }
}
