package io.chatcluster.operator.metrics;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.util.Optional;

/** Whether and where this operator serves custom.metrics.k8s.io. The manifests of config/custom-metrics set it. */
@ConfigMapping(prefix = "chatcluster.custom-metrics")
public interface CustomMetricsConfig {

    @WithDefault("false")
    boolean enabled();

    @WithDefault("8443")
    int port();

    /** Address of this pod, which the API server is sent to. Required while enabled. */
    Optional<String> address();

    /** Service that the API is registered with, in the operator's namespace. It selects no pods. */
    @WithDefault("chatcluster-operator-metrics")
    String service();

    /** ClusterRole with which the registration goes: an API without a server would keep namespaces from being deleted. */
    @WithDefault("chatcluster-operator-custom-metrics")
    String owner();
}
