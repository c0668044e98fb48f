package io.chatcluster.operator.dependent;

import io.chatcluster.crds.v1alpha1.ChatCluster;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.javaoperatorsdk.operator.api.reconciler.Context;
import io.javaoperatorsdk.operator.api.reconciler.dependent.DependentResource;
import io.javaoperatorsdk.operator.processing.dependent.workflow.Condition;
import java.time.Duration;
import java.time.Instant;

/** Whether the cluster has a kind that is an add-on. Asked again every minute, for an admin may add it at any time. */
public abstract class KindPresent<R extends HasMetadata> implements Condition<R, ChatCluster> {
    private static final Duration LIFETIME = Duration.ofMinutes(1);

    private final Class<R> kind;
    private volatile Answer last = new Answer(false, Instant.MIN);

    private record Answer(boolean present, Instant until) {}

    protected KindPresent(Class<R> kind) {
        this.kind = kind;
    }

    @Override
    public final boolean isMet(
            DependentResource<R, ChatCluster> dependent, ChatCluster primary, Context<ChatCluster> context) {
        var answer = last;
        if (answer.until().isBefore(Instant.now())) {
            answer =
                    new Answer(context.getClient().supports(kind), Instant.now().plus(LIFETIME));
            last = answer;
        }
        return answer.present();
    }
}
