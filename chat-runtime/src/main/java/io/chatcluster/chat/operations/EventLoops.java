package io.chatcluster.chat.operations;

import io.quarkus.vertx.VertxOptionsCustomizer;
import io.vertx.core.VertxOptions;
import jakarta.enterprise.context.ApplicationScoped;

/** One event loop for each core: they never block, and what is pushed to many sockets wakes fewer of them. */
@ApplicationScoped
public class EventLoops implements VertxOptionsCustomizer {

    @Override
    public void accept(VertxOptions options) {
        options.setEventLoopPoolSize(Runtime.getRuntime().availableProcessors());
    }
}
