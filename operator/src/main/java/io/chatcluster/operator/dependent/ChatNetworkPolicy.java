package io.chatcluster.operator.dependent;

import io.chatcluster.operator.metadata.Component;
import io.chatcluster.operator.metadata.Labels;
import io.chatcluster.operator.plan.ClusterPlan;
import io.fabric8.kubernetes.api.model.IntOrString;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicy;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicyBuilder;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicyEgressRule;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicyEgressRuleBuilder;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicyIngressRule;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicyIngressRuleBuilder;
import java.util.Map;

/**
 * Chat pods take clients from everywhere and questions from the operator and from Prometheus only, and reach everything but
 * the instance metadata: DynamoDB, S3 and identity providers have no fixed addresses, but the node's own role is not theirs.
 */
public final class ChatNetworkPolicy extends PlannedResource<NetworkPolicy> {
    private static final String IPV4_METADATA = "169.254.169.254/32";
    private static final String IPV6_METADATA = "fd00:ec2::254/128";

    public ChatNetworkPolicy() {
        super(NetworkPolicy.class);
    }

    @Override
    NetworkPolicy desired(ClusterPlan plan) {
        return new NetworkPolicyBuilder()
                .withMetadata(metadata(plan, Component.RUNTIME, plan.names().chat()))
                .withNewSpec()
                .withNewPodSelector()
                .withMatchLabels(plan.chatSelector())
                .endPodSelector()
                .withPolicyTypes("Ingress", "Egress")
                .withIngress(clients(), questions(plan))
                .withEgress(outside())
                .endSpec()
                .build();
    }

    private static NetworkPolicyIngressRule clients() {
        return new NetworkPolicyIngressRuleBuilder()
                .addNewPort()
                .withProtocol("TCP")
                .withPort(new IntOrString("http"))
                .endPort()
                .build();
    }

    private static NetworkPolicyIngressRule questions(ClusterPlan plan) {
        return new NetworkPolicyIngressRuleBuilder()
                .addNewPort()
                .withProtocol("TCP")
                .withPort(new IntOrString("management"))
                .endPort()
                .addNewFrom()
                .withNewNamespaceSelector()
                .withMatchLabels(Map.of(
                        "kubernetes.io/metadata.name", plan.installation().namespace()))
                .endNamespaceSelector()
                .withNewPodSelector()
                .withMatchLabels(Map.of(Labels.NAME, Labels.OPERATOR))
                .endPodSelector()
                .endFrom()
                .addNewFrom()
                .withNewNamespaceSelector()
                .endNamespaceSelector()
                .withNewPodSelector()
                .withMatchLabels(Map.of(Labels.NAME, "prometheus"))
                .endPodSelector()
                .endFrom()
                .build();
    }

    /** Some networks take pods for no part of an address range, so they are named as well. */
    private static NetworkPolicyEgressRule outside() {
        return new NetworkPolicyEgressRuleBuilder()
                .addNewTo()
                .withNewIpBlock()
                .withCidr("0.0.0.0/0")
                .withExcept(IPV4_METADATA)
                .endIpBlock()
                .endTo()
                .addNewTo()
                .withNewIpBlock()
                .withCidr("::/0")
                .withExcept(IPV6_METADATA)
                .endIpBlock()
                .endTo()
                .addNewTo()
                .withNewNamespaceSelector()
                .endNamespaceSelector()
                .endTo()
                .build();
    }
}
