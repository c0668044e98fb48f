package io.chatcluster.operator.dependent;

import io.chatcluster.crds.v1alpha1.ChatCluster;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.javaoperatorsdk.operator.api.reconciler.Context;
import io.javaoperatorsdk.operator.processing.dependent.Matcher.Result;
import io.javaoperatorsdk.operator.processing.dependent.kubernetes.CRUDKubernetesDependentResource;

/** Objects that are compared with what is wanted only where either has changed since they were last found equal. */
abstract class ComparedResource<R extends HasMetadata> extends CRUDKubernetesDependentResource<R, ChatCluster> {

    ComparedResource(Class<R> type) {
        super(type);
    }

    @Override
    public final Result<R> match(R actual, R desired, ChatCluster primary, Context<ChatCluster> context) {
        return PlanHolder.comparisonsOf(context)
                .match(actual, desired, () -> super.match(actual, desired, primary, context));
    }
}
