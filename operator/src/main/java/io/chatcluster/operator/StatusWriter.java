package io.chatcluster.operator;

import io.chatcluster.crds.v1alpha1.ChatCluster;
import io.chatcluster.crds.v1alpha1.ChatClusterStatus;
import io.chatcluster.operator.metadata.Labels;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import io.javaoperatorsdk.operator.processing.event.ResourceID;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Writes statuses, and only those that changed. Not left to the Operator SDK: its own writes open a window in which it
 * takes a change of the spec by somebody else for an echo of the write, and drops it.
 */
@ApplicationScoped
public class StatusWriter {
    private static final PatchContext APPLY = new PatchContext.Builder()
            .withPatchType(PatchType.SERVER_SIDE_APPLY)
            .withFieldManager(Labels.OPERATOR)
            .withForce(true)
            .build();

    private final KubernetesClient client;
    private final ConditionMetrics metrics;
    private final Map<String, Written> written = new ConcurrentHashMap<>();

    StatusWriter(KubernetesClient client, ConditionMetrics metrics) {
        this.client = client;
        this.metrics = metrics;
    }

    private record Written(long resourceVersion, @Nullable ChatClusterStatus status) {}

    /** The status as last written, even where the watch has not brought it back yet. */
    @Nullable
    ChatClusterStatus last(ChatCluster cluster) {
        var uid = cluster.getMetadata().getUid();
        var mine = written.get(uid);
        if (mine != null && mine.resourceVersion() > version(cluster)) {
            return mine.status();
        }
        if (mine != null) {
            written.remove(uid, mine);
        }
        return cluster.getStatus();
    }

    /** Returns whether there was anything to write. */
    boolean write(ChatCluster cluster, ChatClusterStatus status) {
        metrics.show(ResourceID.fromResource(cluster), status);
        if (status.equals(last(cluster))) {
            return false;
        }
        var update = new ChatCluster();
        update.setMetadata(new ObjectMetaBuilder()
                .withNamespace(cluster.getMetadata().getNamespace())
                .withName(cluster.getMetadata().getName())
                .withUid(cluster.getMetadata().getUid())
                .build());
        update.setStatus(status);
        var result = client.resource(update).subresource("status").patch(APPLY);
        written.put(
                Objects.requireNonNull(cluster.getMetadata().getUid()),
                new Written(version(result), result.getStatus()));
        return true;
    }

    void forget(ChatCluster cluster) {
        written.remove(cluster.getMetadata().getUid());
        metrics.forget(ResourceID.fromResource(cluster));
    }

    private static long version(ChatCluster cluster) {
        return Long.parseLong(cluster.getMetadata().getResourceVersion());
    }
}
