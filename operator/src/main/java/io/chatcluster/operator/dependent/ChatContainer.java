package io.chatcluster.operator.dependent;

import io.chatcluster.operator.plan.ClusterPlan;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.ContainerBuilder;
import io.fabric8.kubernetes.api.model.Probe;
import io.fabric8.kubernetes.api.model.ProbeBuilder;

/** The container of a chat pod. */
final class ChatContainer {
    private ChatContainer() {}

    static Container of(ClusterPlan plan) {
        return new ContainerBuilder()
                .withName("chat")
                .withImage(plan.chat().image())
                .withImagePullPolicy("IfNotPresent")
                // The end of the log then says in the pod's status, and from there in the ChatCluster's, why it does
                // not start.
                .withTerminationMessagePolicy("FallbackToLogsOnError")
                .addNewEnv()
                .withName("POD_NAME")
                .withNewValueFrom()
                .withNewFieldRef()
                .withApiVersion("v1")
                .withFieldPath("metadata.name")
                .endFieldRef()
                .endValueFrom()
                .endEnv()
                .addNewPort()
                .withName("http")
                .withContainerPort(8080)
                .withProtocol("TCP")
                .endPort()
                .addNewPort()
                .withName("management")
                .withContainerPort(9000)
                .withProtocol("TCP")
                .endPort()
                .withResources(plan.chat().resources())
                .withSecurityContext(PodSecurity.container())
                .withStartupProbe(probe("started", 2, 60))
                .withLivenessProbe(probe("live", 10, 6))
                .withReadinessProbe(probe("ready", 5, 2))
                .withVolumeMounts(ChatVolumes.mounts(plan))
                .build();
    }

    private static Probe probe(String check, int periodSeconds, int failureThreshold) {
        return new ProbeBuilder()
                .withNewHttpGet()
                .withPath("/q/health/" + check)
                .withNewPort("management")
                .withScheme("HTTP")
                .endHttpGet()
                .withPeriodSeconds(periodSeconds)
                .withTimeoutSeconds(5)
                .withFailureThreshold(failureThreshold)
                .build();
    }
}
