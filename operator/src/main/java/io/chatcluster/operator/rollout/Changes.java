package io.chatcluster.operator.rollout;

import io.chatcluster.operator.metadata.Annotations;
import io.fabric8.kubernetes.api.model.PodTemplateSpec;
import io.fabric8.kubernetes.api.model.PodTemplateSpecBuilder;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** What is new in a revision, for people. Values of settings are not told. */
final class Changes {
    private static final int KEYS_MAX = 5;

    private Changes() {}

    static String between(Revision before, Revision after) {
        var changes = new ArrayList<String>();
        if (!image(before).equals(image(after))) {
            changes.add("image %s in place of %s".formatted(image(after), image(before)));
        }
        var settings = settings(before, after);
        if (!settings.isEmpty()) {
            changes.add("other settings (%s)".formatted(listed(settings)));
        }
        if (!withoutKnown(before).equals(withoutKnown(after))) {
            changes.add("other pods (spec.template, spec.upgrade or a mounted Secret)");
        }
        if (!Objects.equals(
                annotation(before, Annotations.IDENTITY_HASH), annotation(after, Annotations.IDENTITY_HASH))) {
            changes.add("another identity (spec.aws.serviceAccountAnnotations)");
        }
        if (!Objects.equals(
                annotation(before, Annotations.RESTARTED_AT), annotation(after, Annotations.RESTARTED_AT))) {
            changes.add("the restart of %s".formatted(annotation(after, Annotations.RESTARTED_AT)));
        }
        return changes.isEmpty() ? "the content of a Secret" : String.join(", ", changes);
    }

    private static List<String> settings(Revision before, Revision after) {
        var old = properties(before);
        var now = properties(after);
        var keys = new TreeSet<>(old.keySet());
        keys.addAll(now.keySet());
        return keys.stream()
                .filter(key -> !Objects.equals(old.get(key), now.get(key)))
                .toList();
    }

    private static String listed(List<String> keys) {
        var shown = String.join(", ", keys.subList(0, Math.min(KEYS_MAX, keys.size())));
        return keys.size() > KEYS_MAX ? "%s and %d more".formatted(shown, keys.size() - KEYS_MAX) : shown;
    }

    private static Map<String, String> properties(Revision revision) {
        return revision.properties()
                .lines()
                .map(line -> line.split("=", 2))
                .filter(parts -> parts.length == 2)
                .collect(Collectors.toMap(parts -> parts[0], parts -> parts[1], (first, second) -> second));
    }

    private static String image(Revision revision) {
        return revision.template().getSpec().getContainers().getFirst().getImage();
    }

    private static @Nullable String annotation(Revision revision, String name) {
        var annotations = revision.template().getMetadata().getAnnotations();
        return annotations == null ? null : annotations.get(name);
    }

    private static PodTemplateSpec withoutKnown(Revision revision) {
        return new PodTemplateSpecBuilder(revision.template())
                .editMetadata()
                .removeFromAnnotations(Annotations.RESTARTED_AT)
                .removeFromAnnotations(Annotations.CONFIG_HASH)
                .removeFromAnnotations(Annotations.IDENTITY_HASH)
                .endMetadata()
                .editSpec()
                .editFirstContainer()
                .withImage(null)
                .endContainer()
                .editMatchingVolume(volume -> volume.getName().equals(Revision.VOLUME))
                .withProjected(null)
                .endVolume()
                .endSpec()
                .build();
    }
}
