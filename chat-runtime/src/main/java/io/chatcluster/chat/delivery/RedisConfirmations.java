package io.chatcluster.chat.delivery;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * The subscriptions that a node has not confirmed yet. To wait for the answer to a command behind them would not do: the
 * client takes a confirmation for it.
 */
final class RedisConfirmations {

    private final Set<String> expected = new HashSet<>();
    private final List<Promise<Void>> waiting = new ArrayList<>();

    synchronized void expect(Collection<String> channels) {
        expected.addAll(channels);
    }

    /** The channel is subscribed to, or not wanted any more. */
    void done(String channel) {
        List<Promise<Void>> complete;
        synchronized (this) {
            expected.remove(channel);
            if (!expected.isEmpty() || waiting.isEmpty()) {
                return;
            }
            complete = List.copyOf(waiting);
            waiting.clear();
        }
        complete.forEach(Promise::tryComplete);
    }

    /** Completes once none is expected. */
    synchronized Future<Void> all() {
        if (expected.isEmpty()) {
            return Future.succeededFuture();
        }
        Promise<Void> promise = Promise.promise();
        waiting.add(promise);
        return promise.future();
    }
}
