package io.chatcluster.operator.rollout;

import static org.assertj.core.api.Assertions.assertThat;

import io.chatcluster.operator.metadata.Annotations;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ChangesTest {
    private static final String IMAGE = "registry.test/runtime:1";
    private static final Revision BEFORE = Revisions.of(IMAGE, "chat.cluster=demo\nchat.old=1\n", Map.of("a", "b"));

    @Test
    void shouldNameTheImages() {
        assertThat(Changes.between(Revisions.of("registry.test/runtime:1"), Revisions.of("registry.test/runtime:2")))
                .isEqualTo("image registry.test/runtime:2 in place of registry.test/runtime:1");
    }

    @Test
    void shouldNameSettingsWithoutTheirValues() {
        // Given
        var after = Revisions.of(IMAGE, "chat.cluster=demo\nchat.new=secret\n", Map.of("a", "b"));

        // When
        var changes = Changes.between(BEFORE, after);

        // Then
        assertThat(changes).isEqualTo("other settings (chat.new, chat.old)");
    }

    @Test
    void shouldCountSettingsBeyondAFew() {
        // Given
        var many =
                IntStream.range(0, 9).mapToObj(i -> "chat.k%d=x\n".formatted(i)).collect(Collectors.joining());

        // When
        var changes = Changes.between(Revisions.of(IMAGE, "", Map.of()), Revisions.of(IMAGE, many, Map.of()));

        // Then
        assertThat(changes).isEqualTo("other settings (chat.k0, chat.k1, chat.k2, chat.k3, chat.k4 and 4 more)");
    }

    @Test
    void shouldNameAnotherIdentity() {
        // Given
        var after = Revisions.of(IMAGE, BEFORE.properties(), Map.of("a", "b", Annotations.IDENTITY_HASH, "1"));

        // When
        var changes = Changes.between(BEFORE, after);

        // Then
        assertThat(changes).isEqualTo("another identity (spec.aws.serviceAccountAnnotations)");
    }

    @Test
    void shouldTellARestartFromOtherPods() {
        // Given
        var properties = BEFORE.properties();
        var restarted = Revisions.of(IMAGE, properties, Map.of("a", "b", Annotations.RESTARTED_AT, "noon"));
        var annotated = Revisions.of(IMAGE, properties, Map.of("a", "c"));
        var newSecret = Revisions.of(IMAGE, properties, Map.of("a", "b", Annotations.CONFIG_HASH, "1"));

        // When
        // Then
        assertThat(Changes.between(BEFORE, restarted)).isEqualTo("the restart of noon");
        assertThat(Changes.between(BEFORE, annotated)).contains("spec.template");
        assertThat(Changes.between(BEFORE, newSecret)).isEqualTo("the content of a Secret");
    }
}
