package io.chatcluster.operator.rollout;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

class RevisionTest {

    @Test
    void shouldComeBackFromItsConfigMap() {
        // Given
        var revision = Revisions.of("registry.test/runtime:1", "chat.cluster=demo\n", Map.of("a", "b"));

        // When
        var kept = new ConfigMapBuilder().withData(revision.data()).build();

        // Then
        assertThat(Revision.isKeptIn(kept)).isTrue();
        assertThat(Revision.read(revision.id(), kept)).contains(revision);
        assertThat(Revision.read(revision.id(), kept).map(Revision::data)).contains(revision.data());
    }

    @Test
    void shouldNotComeBackFromAConfigMapThatSomebodyMadeUnreadable() {
        // Given
        var revision = Revisions.of("registry.test/runtime:1", "chat.cluster=demo\n", Map.of("a", "b"));
        var spoiled = new LinkedHashMap<>(revision.data());
        spoiled.replaceAll((key, value) -> value.substring(value.length() / 2));

        // When
        var kept = new ConfigMapBuilder()
                .withNewMetadata()
                .withName("demo-chat-1")
                .endMetadata()
                .withData(spoiled)
                .build();

        // Then
        assertThat(Revision.read(revision.id(), kept)).isEmpty();
    }

    @Test
    void shouldNotDependOnTheOrderOfMaps() {
        // Given
        var oneWay = new LinkedHashMap<>(Map.of("a", "1"));
        oneWay.put("b", "2");
        var otherWay = new LinkedHashMap<>(Map.of("b", "2"));
        otherWay.put("a", "1");

        // When
        var first = Revisions.of("registry.test/runtime:1", "", oneWay);
        var second = Revisions.of("registry.test/runtime:1", "", otherWay);

        // Then
        assertThat(second.id()).isEqualTo(first.id());
    }
}
