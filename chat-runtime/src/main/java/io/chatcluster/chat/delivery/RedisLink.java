package io.chatcluster.chat.delivery;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Redis;
import io.vertx.redis.client.RedisConnection;
import io.vertx.redis.client.Request;
import io.vertx.redis.client.Response;
import io.vertx.redis.client.ResponseType;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Both connections of one attempt: one subscribes, the other publishes.
 *
 * @param access what the files said when it was made
 * @param login whom of them the node let in
 */
record RedisLink(
        Redis client,
        RedisConnection subscriber,
        RedisConnection publisher,
        RedisAccess access,
        RedisLogin login,
        RedisConfirmations confirmations) {

    /** For the node to answer: one that hangs takes the connection and never does. */
    static final Duration TIMEOUT = Duration.ofSeconds(4);

    /** Called on an event loop. */
    interface Events {

        void message(String channel, String payload);

        /** The node confirmed the subscription. */
        void subscribed(String channel);

        /** @param cause null where the node closed the connection */
        void lost(@Nullable Throwable cause);
    }

    private static final int CHANNELS_PER_COMMAND = 256;

    /** Connects as the newest user whom the node lets in. */
    static Future<RedisLink> open(Vertx vertx, boolean tls, String address, RedisAccess access) {
        return open(vertx, tls, address, access, 0);
    }

    private static Future<RedisLink> open(Vertx vertx, boolean tls, String address, RedisAccess access, int index) {
        RedisLogin login = access.logins().get(index);
        Redis client;
        try {
            client = Redis.createClient(vertx, RedisConnections.options(tls, address, login, access.authorities()));
        } catch (RuntimeException e) {
            return Future.failedFuture(e);
        }
        return client.connect()
                .compose(subscriber -> client.connect()
                        .map(publisher ->
                                new RedisLink(client, subscriber, publisher, access, login, new RedisConfirmations())))
                .timeout(TIMEOUT.toMillis(), TimeUnit.MILLISECONDS)
                .onFailure(e -> client.close())
                .recover(e -> unknown(e) && index + 1 < access.logins().size()
                        ? open(vertx, tls, address, access, index + 1)
                        : Future.failedFuture(e));
    }

    private static boolean unknown(Throwable refusal) {
        String message = refusal.getMessage();
        return message != null && message.startsWith("WRONGPASS");
    }

    void handle(Events events) {
        for (RedisConnection connection : List.of(subscriber, publisher)) {
            connection.exceptionHandler(events::lost);
            connection.endHandler(end -> events.lost(null));
        }
        subscriber.handler(response -> received(response, events));
    }

    private void received(Response response, Events events) {
        if (response.type() != ResponseType.PUSH && response.type() != ResponseType.MULTI || response.size() < 3) {
            return;
        }
        String channel = response.get(1).toString();
        switch (response.get(0).toString()) {
            case "message" -> events.message(channel, response.get(2).toString());
            case "subscribe" -> {
                // In this order: with the last confirmation the link takes the place of another, which has heard all
                // before.
                events.subscribed(channel);
                confirmations.done(channel);
            }
            default -> {
                // The node confirms that a subscription ended.
            }
        }
    }

    Future<Void> subscribe(List<String> channels) {
        confirmations.expect(channels);
        return onSubscriber(Command.SUBSCRIBE, channels);
    }

    Future<Void> unsubscribe(String channel) {
        confirmations.done(channel);
        return onSubscriber(Command.UNSUBSCRIBE, List.of(channel));
    }

    private Future<Void> onSubscriber(Command command, List<String> channels) {
        List<Future<?>> sent = new ArrayList<>();
        for (int from = 0; from < channels.size(); from += CHANNELS_PER_COMMAND) {
            Request request = Request.cmd(command);
            channels.subList(from, Math.min(channels.size(), from + CHANNELS_PER_COMMAND))
                    .forEach(request::arg);
            sent.add(subscriber.send(request));
        }
        return Future.all(sent).mapEmpty();
    }

    /** Completes when the node has confirmed every subscription made before. */
    Future<Void> settled() {
        return confirmations.all().timeout(TIMEOUT.toMillis(), TimeUnit.MILLISECONDS);
    }

    void close() {
        client.close();
    }

    /** Closes once the node has taken what was published before. */
    void closeWhenTaken() {
        var unused = publisher
                .send(Request.cmd(Command.ECHO).arg(""))
                .timeout(TIMEOUT.toMillis(), TimeUnit.MILLISECONDS)
                .onComplete(taken -> close());
    }

    @Override
    public String toString() {
        return "RedisLink as " + login;
    }
}
