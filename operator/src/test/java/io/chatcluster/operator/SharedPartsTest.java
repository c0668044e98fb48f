package io.chatcluster.operator;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.ContainerBuilder;
import io.fabric8.kubernetes.api.model.FieldsV1;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import java.util.Collections;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What the operator keeps once of the objects that it reads. */
class SharedPartsTest {
    private static final String OBJECT = """
            {"apiVersion": "v1", "kind": "ConfigMap", "metadata": {"name": "%s", "managedFields": [{"manager": "m", "fieldsV1":
              {"f:data": {".": {}, "f:a": {}}, "f:metadata": {"f:ownerReferences": {"k:{\\"uid\\":\\"%s\\"}": {}}}}}]}}
            """;

    private final ObjectMapper mapper = new ObjectMapper();
    private final KubernetesSerialization serialization = new KubernetesSerialization(mapper, true);

    SharedPartsTest() {
        new SharedParts().customize(mapper);
    }

    private FieldsV1 fields(String name, String uid) {
        return serialization
                .unmarshal(OBJECT.formatted(name, uid), ConfigMap.class)
                .getMetadata()
                .getManagedFields()
                .getFirst()
                .getFieldsV1();
    }

    @Test
    void shouldReadWhatIsThere() throws JsonProcessingException {
        // When
        var fields = fields("one", "1");

        // Then
        assertThat(mapper.readTree(serialization.asJson(fields))).isEqualTo(mapper.readTree("""
                        {"f:data": {".": {}, "f:a": {}}, "f:metadata": {"f:ownerReferences": {"k:{\\"uid\\":\\"1\\"}": {}}}}
                        """));
    }

    @Test
    void shouldKeepOnceWhatObjectsHaveInCommon() {
        // When
        var one = fields("one", "1").getAdditionalProperties();
        var other = fields("other", "2").getAdditionalProperties();

        // Then
        assertThat(one.get("f:data")).isSameAs(other.get("f:data"));
        assertThat(one.get("f:metadata")).isNotEqualTo(other.get("f:metadata"));
    }

    @Test
    void shouldKeepOneOfTwoThatAreAlike() {
        assertThat(fields("one", "1").getAdditionalProperties())
                .isSameAs(fields("other", "1").getAdditionalProperties());
    }

    @Test
    void shouldKeepOneOfTwoContainersThatAreAlike() {
        // When
        var one = pod("one", "image");
        var other = pod("other", "image");

        // Then
        assertThat(one.getSpec().getContainers().getFirst())
                .isEqualTo(new ContainerBuilder()
                        .withName("main")
                        .withImage("image")
                        .withCommand("a", "b")
                        .build())
                .isSameAs(other.getSpec().getContainers().getFirst())
                .isNotEqualTo(pod("third", "another").getSpec().getContainers().getFirst());
    }

    @Test
    void shouldKeepOneOfTwoTextsThatAreAlike() {
        assertThat(pod("one", "image").getKind()).isSameAs(pod("other", "image").getKind());
    }

    @Test
    void shouldLeaveToEachObjectWhatIsChangedInIt() {
        // Given
        var one = pod("one", "image");
        var copy = serialization.clone(one);

        // When
        copy.getMetadata().setLabels(Map.of("a", "b"));
        copy.getMetadata().setName("copy");

        // Then
        assertThat(one).isEqualTo(pod("one", "image"));
    }

    @Test
    void shouldKeepNoRoomInListsThatNobodyAddsTo() {
        // When
        var spec = pod("one", "image").getSpec();

        // Then
        assertThat(spec.getInitContainers()).isSameAs(Collections.emptyList());
        assertThat(spec.getNodeSelector()).isSameAs(Collections.emptyMap());
        assertThat(spec.getContainers().getClass())
                .isEqualTo(Collections.singletonList(1).getClass());
    }

    @Test
    void shouldLetMetadataGrow() {
        // Given
        var metadata = pod("one", "image").getMetadata();

        // When
        metadata.getFinalizers().add("f");
        metadata.getAnnotations().put("a", "b");

        // Then
        assertThat(metadata.getFinalizers()).containsExactly("f");
        assertThat(metadata.getAnnotations()).containsEntry("a", "b");
    }

    private Pod pod(String name, String image) {
        return serialization.unmarshal("""
                {"apiVersion": "v1", "kind": "Pod", "metadata": {"name": "%s", "labels": {"c": "d"}},
                 "spec": {"containers": [{"name": "main", "image": "%s", "command": ["a", "b"]}]}}
                """.formatted(name, image), Pod.class);
    }
}
