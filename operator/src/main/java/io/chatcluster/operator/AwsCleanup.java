package io.chatcluster.operator;

import io.chatcluster.crds.v1alpha1.ChatCluster;
import io.chatcluster.crds.v1alpha1.DeletionPolicy;
import io.chatcluster.operator.aws.AwsCredentials;
import io.chatcluster.operator.aws.Bucket;
import io.chatcluster.operator.aws.Tables;
import io.chatcluster.operator.plan.ClusterPlan;
import io.javaoperatorsdk.operator.api.reconciler.Context;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import software.amazon.awssdk.core.exception.SdkException;

/** Deletes the tables and the bucket that are to go with their ChatCluster. */
@ApplicationScoped
public class AwsCleanup {
    /** What keeps a ChatCluster until this is done. */
    static final String FINALIZER = ChatCluster.GROUP + "/aws-resources";

    private final Tables tables;
    private final Bucket bucket;
    private final EventRecorder events;
    private final Map<String, AwsCredentials> known = new ConcurrentHashMap<>();

    AwsCleanup(Tables tables, Bucket bucket, EventRecorder events) {
        this.tables = tables;
        this.bucket = bucket;
        this.events = events;
    }

    /**
     * Keeps in mind how to reach what a ChatCluster has in AWS. Where a whole namespace goes, its Secrets are gone before its
     * ChatClusters are.
     */
    void remember(ChatCluster cluster, Context<ChatCluster> context) {
        var credentials = Secrets.of(cluster, context).awsCredentials();
        if (credentials != null) {
            known.put(uid(cluster), credentials);
        }
    }

    void forget(ChatCluster cluster) {
        known.remove(uid(cluster));
    }

    private static String uid(ChatCluster cluster) {
        return Objects.requireNonNull(cluster.getMetadata().getUid());
    }

    /** Deletes one step further. Returns whether nothing is left that is to go. */
    boolean finish(ChatCluster cluster, ClusterPlan plan, Context<ChatCluster> context) {
        if (!wanted(plan)) {
            return true;
        }
        remember(cluster, context);
        var credentials = known.get(uid(cluster));
        if (credentials == null) {
            var waiting =
                    "Tables or a bucket are to be deleted, but the Secret with AWS credentials is gone: make it again, or remove the finalizer %s to leave them behind."
                            .formatted(FINALIZER);
            warnOnce(cluster, context, waiting);
            return false;
        }
        try {
            var remaining = Stream.concat(
                            tables.delete(plan.storage(), credentials).stream(),
                            plan.media() == null ? Stream.of() : bucket.delete(plan.media(), credentials).stream())
                    .toList();
            return remaining.isEmpty();
        } catch (SdkException e) {
            warnOnce(cluster, context, "Tables or a bucket cannot be deleted yet: " + e.getMessage());
            throw e;
        }
    }

    private static boolean wanted(ClusterPlan plan) {
        return plan.storage().deletionPolicy() == DeletionPolicy.DELETE
                || (plan.media() != null && plan.media().deletionPolicy() == DeletionPolicy.DELETE);
    }

    private void warnOnce(ChatCluster cluster, Context<ChatCluster> context, String message) {
        if (context.getRetryInfo().isEmpty()) {
            events.warn(cluster, "DeletionBlocked", message);
        }
    }
}
