package io.chatcluster.operator.dependent;

import io.chatcluster.crds.v1alpha1.ChatCluster;
import io.chatcluster.operator.metadata.Component;
import io.chatcluster.operator.metadata.Labels;
import io.chatcluster.operator.plan.ClusterPlan;
import io.chatcluster.operator.plan.RedisServers;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.ContainerBuilder;
import io.fabric8.kubernetes.api.model.PodSpec;
import io.fabric8.kubernetes.api.model.PodSpecBuilder;
import io.fabric8.kubernetes.api.model.Probe;
import io.fabric8.kubernetes.api.model.ProbeBuilder;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.api.model.apps.StatefulSet;
import io.fabric8.kubernetes.api.model.apps.StatefulSetBuilder;
import io.javaoperatorsdk.operator.api.reconciler.Context;
import io.javaoperatorsdk.operator.processing.event.ResourceID;
import java.util.stream.Stream;

/** One Redis server. It keeps nothing: what it forgets, chat pods read from DynamoDB. */
public final class RedisStatefulSet extends PlannedSet<StatefulSet> {
    static final int PORT = 6379;

    /** For chat pods to be connected to a server again that was replaced. */
    private static final int RECONNECT_SECONDS = 10;

    /** A pod that never became ready is in the way of no better one; in order it would have to become ready first. */
    private static final String REPLACED_THOUGH_BROKEN = "Parallel";

    /** The number of pods: none of them takes a new template yet. */
    private static final int ALL_WAIT = 1;

    public RedisStatefulSet() {
        super(StatefulSet.class, Component.REDIS);
    }

    @Override
    Stream<StatefulSet> desired(ClusterPlan plan) {
        return RedisShards.of(plan).flatMap(tier -> RedisShards.numbers(plan).map(shard -> shard(plan, tier, shard)));
    }

    @Override
    Stream<StatefulSet> desired(ClusterPlan plan, Context<ChatCluster> context) {
        var live = context.getSecondaryResourcesAsStream(StatefulSet.class)
                .filter(this::isMine)
                .toList();
        var turn = RedisTurn.of(live);
        return desired(plan).map(shard -> {
            live.stream()
                    .filter(other -> ResourceID.fromResource(other).equals(ResourceID.fromResource(shard)))
                    .forEach(present -> keepPolicy(present, shard));
            if (turn.isPresent() && turn.get().equals(shard.getMetadata().getName())) {
                shard.getSpec().getUpdateStrategy().getRollingUpdate().setPartition(0);
            }
            return shard;
        });
    }

    /** The API server lets nobody change it. */
    private static void keepPolicy(StatefulSet present, StatefulSet desired) {
        desired.getSpec().setPodManagementPolicy(present.getSpec().getPodManagementPolicy());
    }

    private static StatefulSet shard(ClusterPlan plan, RedisServers tier, int shard) {
        var selector = Labels.shardSelector(plan.names().name(), shard);
        return new StatefulSetBuilder()
                .withMetadata(PlannedResource.metadata(
                        plan, Component.REDIS, plan.names().redisShard(shard)))
                .withNewSpec()
                .withReplicas(1)
                .withPodManagementPolicy(REPLACED_THOUGH_BROKEN)
                .withMinReadySeconds(RECONNECT_SECONDS)
                .withNewUpdateStrategy()
                .withType("RollingUpdate")
                .withNewRollingUpdate()
                .withPartition(ALL_WAIT)
                .endRollingUpdate()
                .endUpdateStrategy()
                .withServiceName(plan.names().redisShard(shard))
                .withNewSelector()
                .withMatchLabels(selector)
                .endSelector()
                .withNewTemplate()
                .withNewMetadata()
                .withLabels(Labels.ofPods(selector))
                .endMetadata()
                .withSpec(pod(plan, tier))
                .endTemplate()
                .endSpec()
                .build();
    }

    private static PodSpec pod(ClusterPlan plan, RedisServers tier) {
        return new PodSpecBuilder()
                .withAutomountServiceAccountToken(false)
                .withEnableServiceLinks(false)
                .withTerminationGracePeriodSeconds(5L)
                .withSecurityContext(PodSecurity.pod())
                .withTopologySpreadConstraints(tier.spread())
                .withContainers(server(tier), RedisReload.of(tier))
                .addToVolumes(RedisReload.volumes(plan))
                .addNewVolume()
                .withName("tmp")
                .withNewEmptyDir()
                .withSizeLimit(new Quantity("16Mi"))
                .endEmptyDir()
                .endVolume()
                .build();
    }

    private static Container server(RedisServers tier) {
        return new ContainerBuilder()
                .withName("redis")
                .withImage(tier.image())
                .withImagePullPolicy("IfNotPresent")
                .withCommand("redis-server")
                .withArgs(RedisReload.serverArguments())
                .addNewPort()
                .withName("redis")
                .withContainerPort(PORT)
                .withProtocol("TCP")
                .endPort()
                .withResources(tier.resources())
                .withSecurityContext(PodSecurity.container())
                .withStartupProbe(listening(1, 30))
                .withLivenessProbe(listening(10, 3))
                .withReadinessProbe(listening(5, 2))
                .withVolumeMounts(RedisReload.mounts())
                .build();
    }

    /** Whether the server answers is seen by the chat pods, which hold the password; the kubelet sees that it listens. */
    private static Probe listening(int periodSeconds, int failureThreshold) {
        return new ProbeBuilder()
                .withNewTcpSocket()
                .withNewPort("redis")
                .endTcpSocket()
                .withPeriodSeconds(periodSeconds)
                .withTimeoutSeconds(3)
                .withFailureThreshold(failureThreshold)
                .build();
    }
}
