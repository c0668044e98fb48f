package io.chatcluster.operator.rollout;

import io.fabric8.kubernetes.api.model.ContainerStatus;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Chat pods as tests need them. */
final class Pods {
    static final Instant CREATED = Instant.parse("2026-01-01T10:00:00Z");
    static final Instant SOON = CREATED.plusSeconds(10);

    private Pods() {}

    static Pod pod(String name, Revision revision, @Nullable ContainerStatus container) {
        return new PodBuilder()
                .withNewMetadata()
                .withName(name)
                .withCreationTimestamp(CREATED.toString())
                .endMetadata()
                .withSpec(revision.template().getSpec())
                .withNewStatus()
                .withContainerStatuses(container == null ? List.of() : List.of(container))
                .endStatus()
                .build();
    }

    static Pod ready(String name, Revision revision) {
        return ready(name, revision, SOON);
    }

    static Pod ready(String name, Revision revision, Instant since) {
        return new PodBuilder(pod(name, revision, null))
                .editStatus()
                .addNewCondition()
                .withType("Ready")
                .withStatus("True")
                .withLastTransitionTime(since.toString())
                .endCondition()
                .endStatus()
                .build();
    }
}
