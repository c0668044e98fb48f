package io.chatcluster.operator;

import io.chatcluster.crds.v1alpha1.ChatCluster;
import io.chatcluster.crds.v1alpha1.DeletionPolicy;
import io.chatcluster.operator.aws.AwsCredentials;
import io.chatcluster.operator.aws.AwsProblems;
import io.chatcluster.operator.aws.Bucket;
import io.chatcluster.operator.aws.Tables;
import io.chatcluster.operator.plan.AwsLocation;
import io.chatcluster.operator.plan.ClusterPlan;
import io.chatcluster.operator.status.Deletion;
import io.javaoperatorsdk.operator.api.reconciler.Context;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import software.amazon.awssdk.core.exception.SdkException;

/** Deletes the tables and the bucket that are to go with their ChatCluster. */
@ApplicationScoped
public class AwsCleanup {
    /** What keeps a ChatCluster until this is done. */
    static final String FINALIZER = ChatCluster.GROUP + "/aws-resources";

    private final Tables tables;
    private final Bucket bucket;
    private final Map<String, AwsCredentials> known = new ConcurrentHashMap<>();

    AwsCleanup(Tables tables, Bucket bucket) {
        this.tables = tables;
        this.bucket = bucket;
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

    /** Not as soon as nothing is left: until its finalizer is off, a ChatCluster may come again. */
    void forget(ChatCluster gone) {
        known.remove(uid(gone));
    }

    private static String uid(ChatCluster cluster) {
        return Objects.requireNonNull(cluster.getMetadata().getUid());
    }

    /** Deletes one step further. */
    Deletion proceed(ChatCluster cluster, ClusterPlan plan, Context<ChatCluster> context) {
        if (!wanted(plan)) {
            return new Deletion.Finished(List.of());
        }
        remember(cluster, context);
        var credentials = known.get(uid(cluster));
        if (credentials == null) {
            return new Deletion.Blocked(credentialsGone(cluster, plan), null);
        }
        var left = new ArrayList<String>();
        var leftBehind = new ArrayList<String>();
        var storage = plan.storage();
        var media = plan.media();
        try {
            left.addAll(tables.delete(storage, credentials, leftBehind::add));
        } catch (SdkException e) {
            return blocked("The tables cannot be deleted yet", storage.location(), e);
        }
        if (media != null) {
            try {
                left.addAll(bucket.delete(media, credentials));
            } catch (SdkException e) {
                return blocked("The bucket cannot be deleted yet", media.location(), e);
            }
        }
        return left.isEmpty() ? new Deletion.Finished(List.copyOf(leftBehind)) : new Deletion.Going(List.copyOf(left));
    }

    private static String credentialsGone(ChatCluster cluster, ClusterPlan plan) {
        var names = plan.names();
        var secret = Objects.requireNonNull(
                        Objects.requireNonNull(cluster.getSpec().aws()).credentialsSecretRef())
                .name();
        return ("To be deleted are %s, but Secret %s with the AWS credentials is gone or incomplete. Make it again. Once the namespace is being deleted, too, nothing can be made in it:"
                        + " take the finalizer %s off by kubectl patch cc/%s -n %s --type=merge -p '{\"metadata\":{\"finalizers\":[]}}', and delete them yourself.")
                .formatted(doomed(plan), secret, FINALIZER, names.name(), names.namespace());
    }

    private static Deletion blocked(String what, AwsLocation location, SdkException cause) {
        return new Deletion.Blocked(AwsProblems.of(cause, what, location).message(), cause);
    }

    private static boolean wanted(ClusterPlan plan) {
        return !doomed(plan).isEmpty();
    }

    /** What is to go with its ChatCluster, for people. */
    private static String doomed(ClusterPlan plan) {
        var media = plan.media();
        return Stream.of(
                        plan.storage().deletionPolicy() == DeletionPolicy.DELETE
                                ? "the tables %s*".formatted(plan.names().tablePrefix())
                                : "",
                        media != null && media.deletionPolicy() == DeletionPolicy.DELETE
                                ? "the bucket %s".formatted(media.bucket())
                                : "")
                .filter(what -> !what.isEmpty())
                .collect(Collectors.joining(" and "));
    }
}
