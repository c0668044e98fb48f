package io.chatcluster.operator;

import io.chatcluster.crds.v1alpha1.ChatCluster;
import io.javaoperatorsdk.operator.processing.event.source.filter.OnUpdateFilter;
import java.util.Objects;

/** Lets pass what people change, annotations included, and not what the operator writes into the status. */
public final class SpecOrMetadataChanged implements OnUpdateFilter<ChatCluster> {
    @Override
    public boolean accept(ChatCluster updated, ChatCluster old) {
        var now = updated.getMetadata();
        var before = old.getMetadata();
        return !Objects.equals(now.getGeneration(), before.getGeneration())
                || !Objects.equals(now.getAnnotations(), before.getAnnotations())
                || !Objects.equals(now.getFinalizers(), before.getFinalizers())
                || !Objects.equals(now.getDeletionTimestamp(), before.getDeletionTimestamp());
    }
}
