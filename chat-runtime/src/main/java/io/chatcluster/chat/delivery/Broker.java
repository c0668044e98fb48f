package io.chatcluster.chat.delivery;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Carries text from pod to pod, fast and without any promise: a payload may be lost, or come twice, or late. What must
 * not be lost is read from the log; {@link Subscriber#interrupted} says when to look.
 *
 * <p>Nothing here blocks or throws because a shard is away.
 */
public interface Broker {

    /** Sends the payload to all who subscribe to the channel, this pod included. */
    void publish(String channel, String payload);

    /** Sends the payload on one way only: it comes once at most, but for a moment in which connections are renewed. */
    void publishOnce(String channel, String payload);

    /** Hears the channel until closed. One subscriber per channel and pod. */
    Attachment subscribe(String channel, Subscriber subscriber);

    /** Whether the channel reaches this pod: by each list, at least one shard that carries it was heard of just now. */
    boolean healthy(String channel);

    List<ShardStatus> shards();

    /** The lists of shards in force: everything that this pod subscribed to is heard on their shards. */
    List<String> shardLists();

    /** Hears one channel. Called on an event loop: never blocks. */
    interface Subscriber {

        void message(String payload);

        /** Something was missed: the channel is heard on a shard from now on, or somebody published what a shard did not take. */
        void interrupted();
    }

    /**
     * A shard as this pod sees it.
     *
     * @param shard {@code host:port}
     * @param connected subscribed, and its own canary came back just now
     * @param user whom the shard takes this pod for; null while there is no connection
     */
    record ShardStatus(
            String shard, boolean connected, @Nullable String user) {}
}
