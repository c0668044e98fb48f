package io.chatcluster.operator.rollout;

import io.chatcluster.operator.metadata.ResourceNames;
import io.fabric8.kubernetes.api.model.PodTemplateSpec;
import io.fabric8.kubernetes.api.model.PodTemplateSpecBuilder;
import java.util.Map;
import java.util.function.Function;

/** Revisions of the chat pods of {@code shop/demo}. */
final class Revisions {
    private static final ResourceNames NAMES = new ResourceNames("shop", "demo");

    private Revisions() {}

    static Revision of(String image, String properties, Map<String, String> annotations) {
        return Revision.of(NAMES, properties, Map.of(), template(image, annotations));
    }

    static Revision of(String image) {
        return of(image, "chat.cluster=demo\n", Map.of());
    }

    private static Function<String, PodTemplateSpec> template(String image, Map<String, String> annotations) {
        return settings -> new PodTemplateSpecBuilder()
                .withNewMetadata()
                .withAnnotations(annotations)
                .endMetadata()
                .withNewSpec()
                .addNewContainer()
                .withName("chat")
                .withImage(image)
                .endContainer()
                .addNewVolume()
                .withName(Revision.VOLUME)
                .withNewProjected()
                .addNewSource()
                .withNewConfigMap()
                .withName(settings)
                .addNewItem(Revision.PROPERTIES, null, Revision.PROPERTIES)
                .endConfigMap()
                .endSource()
                .endProjected()
                .endVolume()
                .endSpec()
                .build();
    }
}
