package io.chatcluster.operator;

import io.chatcluster.crds.v1alpha1.ChatCluster;
import io.chatcluster.crds.v1alpha1.ChatClusterSpec;
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
 * Names in AWS that an older ChatCluster of another namespace has. Two with the same would read each other's messages, and the
 * deletion of one would take the other's.
 */
final class TakenNames {
    /** What nobody chooses: the API server sets both. */
    private static final Comparator<ChatCluster> BY_AGE = Comparator.<ChatCluster, String>comparing(
                    cluster -> Objects.requireNonNullElse(cluster.getMetadata().getCreationTimestamp(), ""))
            .thenComparing(
                    cluster -> Objects.requireNonNullElse(cluster.getMetadata().getUid(), ""));

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
        @Nullable String bucket = managedBucket(cluster);
        var problems = new ArrayList<String>();
        all.filter(other -> !ResourceNames.of(other).namespace().equals(names.namespace())
                        && BY_AGE.compare(other, cluster) < 0)
                .forEach(older -> {
                    var its = ResourceNames.of(older);
                    if (names.shareTables(its)) {
                        problems.add(
                                "metadata.name: the tables %s* are those of the older ChatCluster %s in namespace %s: choose another name."
                                        .formatted(names.tablePrefix(), its.name(), its.namespace()));
                    }
                    if (bucket != null && bucket.equals(bucket(older))) {
                        problems.add(
                                "spec.media.bucket: %s is the bucket of the older ChatCluster %s in namespace %s: name another, or set spec.media.provisioning to External to share it."
                                        .formatted(bucket, its.name(), its.namespace()));
                    }
                });
        return problems;
    }

    private static @Nullable String managedBucket(ChatCluster cluster) {
        @Nullable ChatClusterSpec spec = cluster.getSpec();
        return spec == null || spec.media() == null || spec.media().provisioning() == Provisioning.EXTERNAL
                ? null
                : bucket(cluster);
    }

    private static @Nullable String bucket(ChatCluster cluster) {
        @Nullable ChatClusterSpec spec = cluster.getSpec();
        return spec == null || spec.media() == null
                ? null
                : Objects.requireNonNullElse(
                        spec.media().bucket(), ResourceNames.of(cluster).bucket());
    }
}
