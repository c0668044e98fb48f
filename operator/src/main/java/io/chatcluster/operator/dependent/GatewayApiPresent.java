package io.chatcluster.operator.dependent;

import io.chatcluster.crds.v1alpha1.ChatCluster;
import io.fabric8.kubernetes.api.model.gatewayapi.v1.HTTPRoute;
import io.javaoperatorsdk.operator.api.reconciler.Context;
import io.javaoperatorsdk.operator.api.reconciler.dependent.DependentResource;
import io.javaoperatorsdk.operator.processing.dependent.workflow.Condition;
import java.time.Duration;
import java.time.Instant;

/** Whether the cluster has the Gateway API. Asked again every minute, for an admin may add it at any time. */
public final class GatewayApiPresent implements Condition<HTTPRoute, ChatCluster> {
    private static final Duration LIFETIME = Duration.ofMinutes(1);

    private volatile Answer last = new Answer(false, Instant.MIN);

    private record Answer(boolean present, Instant until) {}

    @Override
    public boolean isMet(
            DependentResource<HTTPRoute, ChatCluster> dependent, ChatCluster primary, Context<ChatCluster> context) {
        var answer = last;
        if (answer.until().isBefore(Instant.now())) {
            answer = new Answer(
                    context.getClient().supports(HTTPRoute.class), Instant.now().plus(LIFETIME));
            last = answer;
        }
        return answer.present();
    }
}
