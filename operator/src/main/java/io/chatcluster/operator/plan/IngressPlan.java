package io.chatcluster.operator.plan;

import static java.util.Objects.requireNonNullElse;

import io.chatcluster.crds.v1alpha1.IngressSpec;
import io.chatcluster.operator.metadata.ResourceNames;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** How clients outside of the cluster reach the chat pods. */
public sealed interface IngressPlan {
    String host();

    /** Address that clients use. */
    String url();

    /** By an Ingress. */
    record ByIngress(
            String host,
            @Nullable String className,
            @Nullable String tlsSecret,
            Map<String, String> annotations) implements IngressPlan {
        @Override
        public String url() {
            return (tlsSecret == null ? "http://" : "https://") + host;
        }
    }

    /**
     * By an HTTPRoute of the Gateway API.
     *
     * @param section listener of the Gateway; absent for all that take the host
     */
    record ByGateway(
            String host,
            String gateway,
            String namespace,
            @Nullable String section) implements IngressPlan {
        /** Of TLS only the Gateway knows; one for people outside of the cluster has it. */
        @Override
        public String url() {
            return "https://" + host;
        }
    }

    static IngressPlan of(IngressSpec ingress, ResourceNames names) {
        var gateway = ingress.gatewayRef();
        if (gateway != null) {
            return new ByGateway(
                    ingress.host(),
                    gateway.name(),
                    requireNonNullElse(gateway.namespace(), names.namespace()),
                    gateway.sectionName());
        }
        return new ByIngress(
                ingress.host(),
                ingress.className(),
                ingress.tlsSecretRef() == null ? null : ingress.tlsSecretRef().name(),
                ingress.annotations() == null ? Map.of() : new TreeMap<>(ingress.annotations()));
    }
}
