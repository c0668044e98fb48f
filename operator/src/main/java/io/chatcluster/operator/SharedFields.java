package io.chatcluster.operator;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.JsonDeserializer;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.module.SimpleModule;
import com.github.benmanes.caffeine.cache.Interner;
import io.fabric8.kubernetes.api.model.FieldsV1;
import io.quarkus.kubernetes.client.KubernetesClientObjectMapperCustomizer;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * Keeps one copy of what the managed fields of many objects have in common. They are trees of small maps, the larger part of
 * every object that is watched, and nearly the same for the same child of every ChatCluster.
 */
@Singleton
public final class SharedFields implements KubernetesClientObjectMapperCustomizer {
    private final Interner<Object> known = Interner.newWeakInterner();

    @Override
    public void customize(ObjectMapper mapper) {
        mapper.registerModule(new SimpleModule("shared-fields").addDeserializer(FieldsV1.class, new Reader()));
    }

    private final class Reader extends JsonDeserializer<FieldsV1> {
        @Override
        public FieldsV1 deserialize(JsonParser parser, DeserializationContext context) throws IOException {
            var fields = new FieldsV1();
            Map<String, Object> tree = context.readValue(
                    parser, context.getTypeFactory().constructMapType(Map.class, String.class, Object.class));
            fields.setAdditionalProperties(shared(tree));
            return fields;
        }
    }

    private Map<String, Object> shared(Map<?, ?> tree) {
        Map<String, Object> copy = tree.entrySet().stream()
                .collect(Collectors.toUnmodifiableMap(
                        entry -> (String) known.intern(entry.getKey()),
                        entry -> entry.getValue() instanceof Map<?, ?> branch ? shared(branch) : entry.getValue()));
        @SuppressWarnings("unchecked")
        var first = (Map<String, Object>) known.intern(copy);
        return first;
    }
}
