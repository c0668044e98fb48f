package io.chatcluster.operator;

import io.chatcluster.crds.v1alpha1.ChatCluster;
import io.chatcluster.crds.v1alpha1.ChatClusterSpec;
import io.chatcluster.crds.v1alpha1.ChatClusterStatus;
import io.chatcluster.crds.v1alpha1.MediaSpec;
import io.chatcluster.crds.v1alpha1.MediaStatus;
import io.chatcluster.crds.v1alpha1.Provisioning;
import io.chatcluster.operator.metadata.ResourceNames;
import io.javaoperatorsdk.operator.api.reconciler.IndexedResourceCache;
import io.javaoperatorsdk.operator.processing.event.source.IndexerResourceCache;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Names in AWS that a ChatCluster of another namespace has. Two with the same would read each other's messages, and the
 * deletion of one would take the other's. Tables are the older one's, for their names come with the ChatCluster; a bucket is
 * whose it was first.
 */
final class TakenNames {
    /** What nobody chooses: the API server sets both. */
    private static final Comparator<ChatCluster> BY_AGE = Comparator.<ChatCluster, String>comparing(
                    cluster -> Objects.requireNonNullElse(cluster.getMetadata().getCreationTimestamp(), ""))
            .thenComparing(
                    cluster -> Objects.requireNonNullElse(cluster.getMetadata().getUid(), ""));

    /** A bucket can be named at any time, so that age alone would give a running one's away. */
    private static final Comparator<ChatCluster> BY_CLAIM =
            Comparator.comparing(TakenNames::hasClaimed).reversed().thenComparing(BY_AGE);

    private static final String INDEX = "names-in-aws";

    private TakenNames() {}

    /** Lets ChatClusters be found by their names in AWS: to compare each with all others would take the longer the more there are. */
    static void index(IndexerResourceCache<ChatCluster> all) {
        all.addIndexer(INDEX, TakenNames::keys);
    }

    private static List<String> keys(ChatCluster cluster) {
        @Nullable String bucket = bucket(cluster);
        var tables = "tables " + ResourceNames.of(cluster).tablePrefix();
        return bucket == null ? List.of(tables) : List.of(tables, "bucket " + bucket);
    }

    static List<String> of(ChatCluster cluster, IndexedResourceCache<ChatCluster> all) {
        return of(
                cluster,
                keys(cluster).stream()
                        .flatMap(key -> all.byIndex(INDEX, key).stream())
                        .distinct());
    }

    /** What is wrong, and what to do about it; empty where the names are free. */
    static List<String> of(ChatCluster cluster, Stream<ChatCluster> all) {
        var names = ResourceNames.of(cluster);
        @Nullable String bucket = bucket(cluster);
        var problems = new ArrayList<String>();
        all.filter(other -> !ResourceNames.of(other).namespace().equals(names.namespace()))
                .forEach(other -> {
                    if (names.shareTables(ResourceNames.of(other)) && BY_AGE.compare(other, cluster) < 0) {
                        problems.add(tablesTaken(names, ResourceNames.of(other)));
                    }
                    if (bucket != null && bucket.equals(bucket(other)) && keepsItFrom(other, cluster)) {
                        problems.add(bucketTaken(bucket, other));
                    }
                });
        return problems;
    }

    private static boolean keepsItFrom(ChatCluster other, ChatCluster cluster) {
        if (!manages(cluster)) {
            return false;
        }
        return manages(other)
                ? BY_CLAIM.compare(other, cluster) < 0
                // Its bucket was there before: who manages it would in the end delete what somebody else made.
                : !hasClaimed(cluster) && hasReached(other);
    }

    private static String tablesTaken(ResourceNames names, ResourceNames older) {
        return "metadata.name: the tables %s* are those of the older ChatCluster %s in namespace %s: choose another name."
                .formatted(names.tablePrefix(), older.name(), older.namespace());
    }

    private static String bucketTaken(String bucket, ChatCluster other) {
        var its = ResourceNames.of(other);
        return "spec.media.bucket: %s %s the ChatCluster %s in namespace %s: name another, or set spec.media.provisioning to External to share it."
                .formatted(
                        bucket,
                        manages(other) ? "is the bucket of" : "is there already and used by",
                        its.name(),
                        its.namespace());
    }

    private static boolean manages(ChatCluster cluster) {
        var media = media(cluster);
        return media != null && media.provisioning() != Provisioning.EXTERNAL;
    }

    /** Whether it was carried out before as what manages its bucket. Operators of before wrote down only that it was reached. */
    private static boolean hasClaimed(ChatCluster cluster) {
        var status = status(cluster);
        return manages(cluster)
                && status != null
                && (status.provisioning() == null
                        ? hasReached(cluster)
                        : status.provisioning() == Provisioning.MANAGED);
    }

    private static boolean hasReached(ChatCluster cluster) {
        var status = status(cluster);
        return status != null && Boolean.TRUE.equals(status.established());
    }

    /** Of the bucket that the spec names; a spec can be without one for a while and then name another. */
    private static @Nullable MediaStatus status(ChatCluster cluster) {
        @Nullable ChatClusterStatus status = cluster.getStatus();
        @Nullable MediaStatus media = status == null ? null : status.media();
        return media != null && media.bucket().equals(bucket(cluster)) ? media : null;
    }

    private static @Nullable String bucket(ChatCluster cluster) {
        var media = media(cluster);
        return media == null
                ? null
                : Objects.requireNonNullElse(
                        media.bucket(), ResourceNames.of(cluster).bucket());
    }

    private static @Nullable MediaSpec media(ChatCluster cluster) {
        @Nullable ChatClusterSpec spec = cluster.getSpec();
        return spec == null ? null : spec.media();
    }
}
