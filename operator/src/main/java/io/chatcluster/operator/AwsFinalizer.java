package io.chatcluster.operator;

import io.chatcluster.crds.v1alpha1.ChatCluster;
import io.chatcluster.crds.v1alpha1.DeletionPolicy;
import io.chatcluster.operator.aws.Bucket;
import io.chatcluster.operator.aws.Tables;
import io.chatcluster.operator.metadata.Labels;
import io.chatcluster.operator.plan.ClusterPlan;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.javaoperatorsdk.operator.api.reconciler.Context;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.stream.Stream;
import software.amazon.awssdk.core.exception.SdkException;

/** Keeps a ChatCluster from going before its tables and bucket, where they are to go with it. */
@ApplicationScoped
public class AwsFinalizer {
    static final String NAME = ChatCluster.GROUP + "/aws-resources";

    private final KubernetesClient client;
    private final Tables tables;
    private final Bucket bucket;
    private final EventRecorder events;

    AwsFinalizer(KubernetesClient client, Tables tables, Bucket bucket, EventRecorder events) {
        this.client = client;
        this.tables = tables;
        this.bucket = bucket;
        this.events = events;
    }

    /** Puts the finalizer on where something is to be deleted, and takes it off where nothing is any more. */
    void keep(ChatCluster cluster, ClusterPlan plan) {
        var needed = plan.storage().deletionPolicy() == DeletionPolicy.DELETE
                || (plan.media() != null && plan.media().deletionPolicy() == DeletionPolicy.DELETE);
        if (needed != cluster.hasFinalizer(NAME)) {
            apply(cluster, needed);
        }
    }

    /** Deletes one step further, and lets the ChatCluster go when nothing is left. Returns whether it did. */
    boolean release(ChatCluster cluster, ClusterPlan plan, Context<ChatCluster> context) {
        var credentials = Secrets.of(cluster, context).awsCredentials();
        if (credentials == null) {
            var waiting =
                    "Tables or a bucket are to be deleted, but the Secret with AWS credentials is gone: make it again, or remove the finalizer %s to leave them behind."
                            .formatted(NAME);
            warnOnce(cluster, context, waiting);
            return false;
        }
        try {
            var remaining = Stream.concat(
                            tables.delete(plan.storage(), credentials).stream(),
                            plan.media() == null ? Stream.of() : bucket.delete(plan.media(), credentials).stream())
                    .toList();
            if (remaining.isEmpty()) {
                apply(cluster, false);
            }
            return remaining.isEmpty();
        } catch (SdkException e) {
            warnOnce(cluster, context, "Tables or a bucket cannot be deleted yet: " + e.getMessage());
            throw e;
        }
    }

    private void warnOnce(ChatCluster cluster, Context<ChatCluster> context, String message) {
        if (context.getRetryInfo().isEmpty()) {
            events.warn(cluster, "DeletionBlocked", message);
        }
    }

    /** Server-side apply needs no right to read, and touches no one else's finalizers. */
    private void apply(ChatCluster cluster, boolean present) {
        var update = new ChatCluster();
        update.setMetadata(new ObjectMetaBuilder()
                .withNamespace(cluster.getMetadata().getNamespace())
                .withName(cluster.getMetadata().getName())
                .withUid(cluster.getMetadata().getUid())
                .withFinalizers(present ? List.of(NAME) : List.of())
                .build());
        client.resource(update).fieldManager(Labels.OPERATOR).forceConflicts().serverSideApply();
    }
}
