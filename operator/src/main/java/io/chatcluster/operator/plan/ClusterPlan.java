package io.chatcluster.operator.plan;

import io.chatcluster.operator.metadata.Component;
import io.chatcluster.operator.metadata.Labels;
import io.chatcluster.operator.metadata.ResourceNames;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A ChatCluster's spec with every default resolved: all that its objects are made from.
 *
 * @param media absent where no attachments are wanted
 * @param ingress absent where clients outside of the cluster are not served
 */
public record ClusterPlan(
        ResourceNames names,
        Installation installation,
        ChatPlan chat,
        ScalePlan scale,
        RedisPlan redis,
        StoragePlan storage,
        @Nullable MediaPlan media,
        @Nullable IngressPlan ingress,
        SecretsPlan secrets) {

    public Map<String, String> labels(Component component) {
        return Labels.ofObject(names.name(), component, installation.version());
    }

    public Map<String, String> chatSelector() {
        return Labels.selector(names.name(), Component.RUNTIME);
    }

    /** Address of the chat service. */
    public String endpoint() {
        return ingress == null ? names.endpoint() : ingress.url();
    }
}
