package io.chatcluster.operator.status;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A chat pod's answer to {@code GET /status}.
 *
 * @param connections client connections that are open
 * @param redis the Redis servers that the pod should be connected to
 */
@JsonIgnoreProperties(ignoreUnknown = true)
record PodReport(
        String pod,
        boolean draining,
        int connections,
        List<Shard> redis,
        @Nullable Canary canary) {

    @JsonIgnoreProperties(ignoreUnknown = true)
    record Shard(String shard, boolean connected) {}

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
