package io.chatcluster.operator;

import io.chatcluster.operator.plan.Installation;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithName;
import java.util.List;

/** What the operator's own installation decides. The operator does not start without it. */
@ConfigMapping(prefix = "chatcluster")
public interface OperatorConfig {

    /** Image of chat pods whose ChatCluster names none. */
    @WithName("runtime.image")
    String runtimeImage();

    /** Image of Redis pods. */
    @WithName("redis.image")
    String redisImage();

    /** Version of this operator. */
    String version();

    /** Name of the pod that this operator runs in, which its Events carry. */
    String instance();

    /** Namespace of that pod. */
    String namespace();

    /** Namespaces whose ChatClusters it looks after. */
    List<String> watchNamespaces();

    default Installation installation() {
        return new Installation(runtimeImage(), redisImage(), version(), namespace());
    }
}
