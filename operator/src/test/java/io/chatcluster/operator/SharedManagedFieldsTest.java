package io.chatcluster.operator;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import java.util.Map;
import org.junit.jupiter.api.Test;

class SharedManagedFieldsTest {
    private final KubernetesSerialization serialization = serialization();

    @Test
    void shouldKeepOnceWhatObjectsHaveInCommon() {
        // When
        var one = fields(read("one"));
        var other = fields(read("other"));

        // Then
        assertThat(other.get("f:data")).isSameAs(one.get("f:data"));
    }

    @Test
    void shouldKeepApartWhoseObjectsAre() {
        // When
        var one = fields(read("one"));
        var other = fields(read("other"));

        // Then
        assertThat(other.get("f:metadata")).isNotEqualTo(one.get("f:metadata"));
    }

    @Test
    void shouldLoseNothing() {
        // When
        var written = serialization.asJson(read("one"));

        // Then
        assertThat(serialization.unmarshal(written, Map.class))
                .isEqualTo(serialization.unmarshal(json("one"), Map.class));
    }

    private ConfigMap read(String owner) {
        return serialization.unmarshal(json(owner), ConfigMap.class);
    }

    private static Map<String, Object> fields(ConfigMap object) {
        return object.getMetadata().getManagedFields().getFirst().getFieldsV1().getAdditionalProperties();
    }

    private static String json(String owner) {
        return """
                {
                  "apiVersion": "v1",
                  "kind": "ConfigMap",
                  "metadata": {
                    "name": "settings",
                    "managedFields": [
                      {
                        "manager": "chatcluster",
                        "operation": "Apply",
                        "fieldsV1": {
                          "f:data": { "f:one": {}, "f:other": {} },
                          "f:metadata": { "f:ownerReferences": { "k:{\\"uid\\":\\"%s\\"}": {} } }
                        }
                      }
                    ]
                  },
                  "data": { "one": "1", "other": "2" }
                }
                """.formatted(owner);
    }

    private static KubernetesSerialization serialization() {
        var mapper = new ObjectMapper();
        new SharedManagedFields().customize(mapper);
        return new KubernetesSerialization(mapper, true);
    }
}
