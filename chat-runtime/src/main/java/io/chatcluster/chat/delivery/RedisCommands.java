package io.chatcluster.chat.delivery;

import io.vertx.core.Future;
import io.vertx.redis.client.Request;
import io.vertx.redis.client.Response;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Sends commands to the shards, over the connection that publishes. Nothing here blocks. */
public interface RedisCommands {

    /** The shards that hold the key, {@code host:port}; the same on every pod. */
    List<String> place(String key);

    /** Sends the commands in one go; fails when one of them does, or when the shard is away. */
    Future<List<@Nullable Response>> batch(String shard, List<Request> commands);
}
