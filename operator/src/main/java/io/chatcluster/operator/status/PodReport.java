package io.chatcluster.operator.status;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A chat pod's answer to {@code GET /status}.
 *
 * @param connections client connections that are open
 * @param redis the Redis servers that the pod should be connected to
 * @param shardLists the lists of Redis servers by which the pod publishes and subscribes
 * @param signingKeys ids of the mounted keys whose tokens it accepts
 */
@JsonIgnoreProperties(ignoreUnknown = true)
record PodReport(
        String pod,
        boolean draining,
        int connections,
        List<Shard> redis,
        @Nullable List<String> shardLists,
        @Nullable List<String> signingKeys,
        @Nullable Canary canary) {

    /** @param user whom the server takes the pod for; absent while there is no connection */
    @JsonIgnoreProperties(ignoreUnknown = true)
    record Shard(String shard, boolean connected, @Nullable String user) {}

    @JsonIgnoreProperties(ignoreUnknown = true)
    record Canary(@Nullable String lastError, List<Heard> heard) {}

    /**
     * The newest canary message that arrived from a pod.
     *
     * @param at when it arrived, in epoch milliseconds
     */
    @JsonIgnoreProperties(ignoreUnknown = true)
    record Heard(String pod, long at, long latencyMillis) {}
}
