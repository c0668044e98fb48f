package io.chatcluster.operator.dependent;

import io.chatcluster.operator.metadata.Component;
import io.chatcluster.operator.metadata.Labels;
import io.chatcluster.operator.plan.ClusterPlan;
import io.chatcluster.operator.plan.IngressPlan;
import io.fabric8.kubernetes.api.model.gatewayapi.v1.HTTPRoute;
import io.fabric8.kubernetes.api.model.gatewayapi.v1.HTTPRouteBuilder;
import io.javaoperatorsdk.operator.api.config.informer.Informer;
import io.javaoperatorsdk.operator.processing.dependent.kubernetes.KubernetesDependent;
import java.util.stream.Stream;

/** Brings clients from outside of the cluster to the chat Service, through a Gateway that somebody else runs. */
@KubernetesDependent(informer = @Informer(labelSelector = Labels.MANAGED))
public final class ChatRoute extends PlannedSet<HTTPRoute> {
    /** No limit: a WebSocket lasts as long as its client stays. */
    private static final String ENDLESS = "0s";

    public ChatRoute() {
        super(HTTPRoute.class, Component.RUNTIME);
    }

    @Override
    Stream<HTTPRoute> desired(ClusterPlan plan) {
        return plan.ingress() instanceof IngressPlan.ByGateway gateway
                ? Stream.of(route(plan, gateway))
                : Stream.empty();
    }

    private static HTTPRoute route(ClusterPlan plan, IngressPlan.ByGateway gateway) {
        return new HTTPRouteBuilder()
                .withMetadata(PlannedResource.metadata(
                        plan, Component.RUNTIME, plan.names().chat()))
                .withNewSpec()
                .addNewParentRef()
                .withGroup("gateway.networking.k8s.io")
                .withKind("Gateway")
                .withNamespace(gateway.namespace())
                .withName(gateway.gateway())
                .withSectionName(gateway.section())
                .endParentRef()
                .withHostnames(gateway.host())
                .addNewRule()
                .addNewMatch()
                .withNewPath()
                .withType("PathPrefix")
                .withValue("/")
                .endPath()
                .endMatch()
                .withNewTimeouts()
                .withRequest(ENDLESS)
                .endTimeouts()
                .addNewBackendRef()
                .withGroup("")
                .withKind("Service")
                .withName(plan.names().chat())
                .withPort(80)
                .withWeight(1)
                .endBackendRef()
                .endRule()
                .endSpec()
                .build();
    }
}
