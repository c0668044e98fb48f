package io.chatcluster.chat.delivery;

import io.micrometer.core.instrument.Counter;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Request;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/** Publishes on one node, and remembers what it did not take for those who hear the channel to look. Blocks nowhere. */
final class RedisPublisher {

    private final RedisInFlight inFlight = new RedisInFlight();
    private final RedisMissed missed = new RedisMissed();
    private final Counter failures;
    private final BiConsumer<RedisLink, Throwable> broken;

    /**
     * @param failures counts what the node did not take
     * @param broken hears of links that do not carry any more
     */
    RedisPublisher(Counter failures, BiConsumer<RedisLink, Throwable> broken) {
        this.failures = failures;
        this.broken = broken;
    }

    /** @param link null while there is no connection */
    void publish(@Nullable RedisLink link, String channel, String payload) {
        if (link == null || !inFlight.take(payload.length())) {
            notTaken(channel);
            return;
        }
        var unused = link.publisher()
                .send(Request.cmd(Command.PUBLISH).arg(channel).arg(payload))
                .onComplete(done -> {
                    inFlight.giveBack(payload.length());
                    if (done.failed()) {
                        notTaken(channel);
                        broken.accept(link, done.cause());
                    }
                });
    }

    private void notTaken(String channel) {
        failures.increment();
        missed.add(channel);
    }

    /** To be called once the node is back: whoever does not hear it by now looks when they do. */
    void tellMissed(RedisLink link) {
        missed.take().forEach(channel -> publish(link, channel, RedisMissed.LOOK));
    }
}
