package io.chatcluster.operator;

import io.chatcluster.crds.v1alpha1.ChatCluster;
import io.chatcluster.operator.dependent.RouteAnswer;
import io.chatcluster.operator.plan.ClusterPlan;
import io.chatcluster.operator.plan.IngressPlan;
import io.chatcluster.operator.status.RouteObservation;
import io.javaoperatorsdk.operator.api.reconciler.Context;
import org.jspecify.annotations.Nullable;

/** Reads off the HTTPRoute whether clients from outside get in. */
final class RouteReading {
    private RouteReading() {}

    /** Null where there is none, or none to the Gateway that is planned. */
    static @Nullable RouteObservation of(ClusterPlan plan, Context<ChatCluster> context) {
        return plan.ingress() instanceof IngressPlan.ByGateway gateway
                ? RouteAnswer.of(gateway, context).map(RouteReading::of).orElse(null)
                : null;
    }

    private static RouteObservation of(RouteAnswer answer) {
        return switch (answer) {
            case RouteAnswer.Accepted accepted -> new RouteObservation(true, null);
            case RouteAnswer.Refused refused -> new RouteObservation(false, refused.why());
            case RouteAnswer.Silence silence -> new RouteObservation(false, null);
        };
    }
}
