package io.chatcluster.operator;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.deser.std.StdDeserializer;
import com.fasterxml.jackson.databind.module.SimpleModule;
import io.fabric8.kubernetes.api.model.FieldsV1;
import io.quarkus.kubernetes.client.KubernetesClientObjectMapperCustomizer;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;

/**
 * Keeps once what objects have in common in their {@code managedFields}, by which it is seen whether an object is as it was applied.
 * They name every field, so that in memory they are nearly half of an object, and are the same for most of a kind.
 */
@Singleton
class SharedManagedFields implements KubernetesClientObjectMapperCustomizer {
    /** More than operators of one version need; when there are more, what was kept of old objects is no longer shared with new ones. */
    private static final int KEPT_MAX = 10_000;

    /** How the fields of a list are named whose entries have a uid: owner references, which no other object has. */
    private static final String BY_UID = "k:{\"uid\":";

    private final ConcurrentMap<Map<String, Object>, Map<String, Object>> kept = new ConcurrentHashMap<>();

    /** @param common whether other objects may have the same */
    private record Fields(Map<String, Object> names, boolean common) {}

    @Override
    public void customize(ObjectMapper mapper) {
        mapper.registerModule(new SimpleModule().addDeserializer(FieldsV1.class, new FieldsReader()));
    }

    private Fields shared(Map<?, ?> read) {
        Map<String, Object> names = LinkedHashMap.newLinkedHashMap(read.size());
        boolean common = true;
        for (var field : read.entrySet()) {
            var name = (String) field.getKey();
            common &= !name.startsWith(BY_UID);
            if (field.getValue() instanceof Map<?, ?> nested) {
                var fields = shared(nested);
                names.put(name, fields.names());
                common &= fields.common();
            } else {
                names.put(name, field.getValue());
            }
        }
        // In the order in which the API server has them, which is that of a set's values.
        var unmodifiable = Collections.unmodifiableMap(names);
        return new Fields(common ? keep(unmodifiable) : unmodifiable, common);
    }

    private Map<String, Object> keep(Map<String, Object> names) {
        if (kept.size() >= KEPT_MAX) {
            kept.clear();
        }
        var first = kept.putIfAbsent(names, names);
        return first == null ? names : first;
    }

    private final class FieldsReader extends StdDeserializer<FieldsV1> {
        private static final long serialVersionUID = 1;

        private static final TypeReference<Map<String, Object>> NAMES = new TypeReference<>() {};

        FieldsReader() {
            super(FieldsV1.class);
        }

        @Override
        public FieldsV1 deserialize(JsonParser parser, DeserializationContext context) throws IOException {
            var fields = new FieldsV1();
            fields.setAdditionalProperties(shared(parser.readValueAs(NAMES)).names());
            return fields;
        }
    }
}
