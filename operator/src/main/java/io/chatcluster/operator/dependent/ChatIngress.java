package io.chatcluster.operator.dependent;

import io.chatcluster.crds.v1alpha1.ChatCluster;
import io.chatcluster.operator.metadata.Component;
import io.chatcluster.operator.plan.ClusterPlan;
import io.chatcluster.operator.plan.IngressPlan;
import io.fabric8.kubernetes.api.model.networking.v1.Ingress;
import io.fabric8.kubernetes.api.model.networking.v1.IngressBuilder;
import io.fabric8.kubernetes.api.model.networking.v1.IngressTLS;
import io.fabric8.kubernetes.api.model.networking.v1.IngressTLSBuilder;
import io.javaoperatorsdk.operator.api.reconciler.Context;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/** Brings clients from outside of the cluster to the chat Service. */
public final class ChatIngress extends PlannedSet<Ingress> {
    /** A WebSocket is quiet for as long as its client pings slowly; the default of ingress-nginx closes it after a minute. */
    private static final Map<String, String> LONG_CONNECTIONS = Map.of(
            "nginx.ingress.kubernetes.io/proxy-read-timeout", "3600",
            "nginx.ingress.kubernetes.io/proxy-send-timeout", "3600");

    public ChatIngress() {
        super(Ingress.class, Component.RUNTIME);
    }

    @Override
    Stream<Ingress> desired(ClusterPlan plan) {
        return plan.ingress() instanceof IngressPlan.ByIngress ingress
                ? Stream.of(ingress(plan, ingress))
                : Stream.empty();
    }

    /** Clients from outside have no other way in before a Gateway lets them through. */
    @Override
    boolean isStillNeeded(ClusterPlan plan, Context<ChatCluster> context) {
        return plan.ingress() instanceof IngressPlan.ByGateway gateway
                && !(RouteAnswer.of(gateway, context).orElse(null) instanceof RouteAnswer.Accepted);
    }

    private static Ingress ingress(ClusterPlan plan, IngressPlan.ByIngress ingress) {
        var annotations = new TreeMap<>(LONG_CONNECTIONS);
        annotations.putAll(ingress.annotations());
        return new IngressBuilder()
                .withMetadata(PlannedResource.metadata(
                        plan, Component.RUNTIME, plan.names().chat()))
                .editMetadata()
                .withAnnotations(annotations)
                .endMetadata()
                .withNewSpec()
                .withIngressClassName(ingress.className())
                .withTls(tls(ingress))
                .addNewRule()
                .withHost(ingress.host())
                .withNewHttp()
                .addNewPath()
                .withPath("/")
                .withPathType("Prefix")
                .withNewBackend()
                .withNewService()
                .withName(plan.names().chat())
                .withNewPort()
                .withName("http")
                .endPort()
                .endService()
                .endBackend()
                .endPath()
                .endHttp()
                .endRule()
                .endSpec()
                .build();
    }

    private static List<IngressTLS> tls(IngressPlan.ByIngress ingress) {
        return ingress.tlsSecret() == null
                ? List.of()
                : List.of(new IngressTLSBuilder()
                        .withHosts(ingress.host())
                        .withSecretName(ingress.tlsSecret())
                        .build());
    }
}
