package io.chatcluster.operator;

import io.chatcluster.crds.v1alpha1.ChatCluster;
import io.chatcluster.operator.status.PodReports;
import io.javaoperatorsdk.operator.api.reconciler.Context;
import io.javaoperatorsdk.operator.processing.event.ResourceID;
import io.javaoperatorsdk.operator.processing.event.source.ResourceEventAware;
import io.javaoperatorsdk.operator.processing.event.source.inbound.SimpleInboundEventSource;
import java.util.function.Supplier;

/** Forgets ChatClusters that are gone, however they went: one whose finalizer was taken off by hand is never cleaned up. */
final class Departures extends SimpleInboundEventSource<ChatCluster> implements ResourceEventAware<ChatCluster> {
    private final PodReports reports;
    private final Rebalancer rebalancer;
    private final StatusWriter statuses;
    private final AwsCleanup cleanup;
    private final ChildrenWriter children;

    Departures(
            PodReports reports,
            Rebalancer rebalancer,
            StatusWriter statuses,
            AwsCleanup cleanup,
            ChildrenWriter children) {
        super("departures");
        this.reports = reports;
        this.rebalancer = rebalancer;
        this.statuses = statuses;
        this.cleanup = cleanup;
        this.children = children;
    }

    @Override
    public void onResourceDeleted(ChatCluster gone) {
        var id = ResourceID.fromResource(gone);
        rebalancer.forget(id);
        reports.forget(id);
        statuses.forget(gone);
        cleanup.forget(gone);
        children.forget(id);
    }

    /** Does a visit, which keeps things in mind even of what goes meanwhile. */
    <T> T watching(ChatCluster cluster, Context<ChatCluster> context, Supplier<T> visit) {
        try {
            return visit.get();
        } finally {
            if (context.getPrimaryCache().get(ResourceID.fromResource(cluster)).isEmpty()) {
                onResourceDeleted(cluster);
            }
        }
    }
}
