package io.chatcluster.chat.delivery;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.util.function.Supplier;

/**
 * Where a node is and how to get in.
 *
 * @param access what the mounted files say now
 */
record RedisEndpoint(Vertx vertx, boolean tls, String address, Supplier<RedisAccess> access) {

    Future<RedisLink> connect() {
        return RedisLink.open(vertx, tls, address, access.get());
    }

    /** Whether a connection made now would be another. */
    boolean outdated(RedisLink link) {
        RedisAccess current = access.get();
        return !link.access().equals(current) || !link.login().equals(current.newest());
    }

    @Override
    public String toString() {
        return address;
    }
}
