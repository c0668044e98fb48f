package io.chatcluster.operator;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.databind.BeanDescription;
import com.fasterxml.jackson.databind.BeanProperty;
import com.fasterxml.jackson.databind.DeserializationConfig;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.JsonDeserializer;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.deser.BeanDeserializerBuilder;
import com.fasterxml.jackson.databind.deser.BeanDeserializerModifier;
import com.fasterxml.jackson.databind.deser.SettableBeanProperty;
import com.fasterxml.jackson.databind.deser.std.DelegatingDeserializer;
import com.fasterxml.jackson.databind.deser.std.StringDeserializer;
import com.fasterxml.jackson.databind.module.SimpleModule;
import com.fasterxml.jackson.databind.type.MapType;
import io.fabric8.kubernetes.api.model.Condition;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.FieldsV1;
import io.fabric8.kubernetes.api.model.LabelSelector;
import io.fabric8.kubernetes.api.model.OwnerReference;
import io.fabric8.kubernetes.api.model.PodSpec;
import io.fabric8.kubernetes.api.model.ServicePort;
import io.fabric8.kubernetes.api.model.TopologySpreadConstraint;
import io.fabric8.kubernetes.api.model.Volume;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicyEgressRule;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicyIngressRule;
import io.quarkus.kubernetes.client.KubernetesClientObjectMapperCustomizer;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Keeps one copy of what many objects have in common. The children of a thousand ChatClusters differ in little but names, and
 * are large: a container with its probes takes kilobytes, and managed fields are trees of small maps.
 */
@Singleton
public final class SharedParts implements KubernetesClientObjectMapperCustomizer {
    /** Types of which nobody changes what was read: an object's metadata is not among them, which the Operator SDK does change. */
    private static final Set<Class<?>> TYPES = Set.of(
            Condition.class,
            Container.class,
            LabelSelector.class,
            NetworkPolicyEgressRule.class,
            NetworkPolicyIngressRule.class,
            OwnerReference.class,
            PodSpec.class,
            ServicePort.class,
            TopologySpreadConstraint.class,
            Volume.class);

    /** Where maps of texts stand that repeat; no others are remembered, least of all what Secrets hold. */
    private static final Set<String> LABELS = Set.of("labels", "matchLabels");

    /** Longer texts are said once. */
    private static final int LONGEST = 256;

    private final Repeated repeated = new Repeated();

    @Override
    public void customize(ObjectMapper mapper) {
        mapper.registerModule(new SimpleModule("shared-parts")
                .addDeserializer(FieldsV1.class, new Fields())
                .setDeserializerModifier(new Parts()));
    }

    private final class Parts extends BeanDeserializerModifier {
        @Override
        public JsonDeserializer<?> modifyDeserializer(
                DeserializationConfig config, BeanDescription type, JsonDeserializer<?> reader) {
            return type.findAnyGetter() == null
                    ? reader
                    : new Part(reader, FewElements.in(type), TYPES.contains(type.getBeanClass()));
        }

        /** Not for every text that is read: the Operator SDK compares objects as maps, and reads those much more often. */
        @Override
        public BeanDeserializerBuilder updateBuilder(
                DeserializationConfig config, BeanDescription type, BeanDeserializerBuilder builder) {
            var texts = new ArrayList<SettableBeanProperty>();
            builder.getProperties().forEachRemaining(property -> {
                if (property.getType().hasRawClass(String.class)) {
                    texts.add(property.withValueDeserializer(new Text()));
                }
            });
            texts.forEach(property -> builder.addOrReplaceProperty(property, true));
            return builder;
        }

        @Override
        public JsonDeserializer<?> modifyMapDeserializer(
                DeserializationConfig config, MapType type, BeanDescription description, JsonDeserializer<?> reader) {
            return type.getContentType().hasRawClass(String.class) ? new Labels(reader) : reader;
        }
    }

    private final class Part extends DelegatingDeserializer {
        private final transient List<FewElements> collections;
        private final boolean shared;

        Part(JsonDeserializer<?> reader, List<FewElements> collections, boolean shared) {
            super(reader);
            this.collections = collections;
            this.shared = shared;
        }

        @Override
        protected JsonDeserializer<?> newDelegatingInstance(JsonDeserializer<?> reader) {
            return new Part(reader, collections, shared);
        }

        @Override
        public Object deserialize(JsonParser parser, DeserializationContext context) throws IOException {
            var part = super.deserialize(parser, context);
            collections.forEach(collection -> collection.fit(part));
            return shared ? repeated.first(part) : part;
        }
    }

    private final class Text extends JsonDeserializer<String> {
        @Override
        public String deserialize(JsonParser parser, DeserializationContext context) throws IOException {
            var text = StringDeserializer.instance.deserialize(parser, context);
            return text == null || text.length() > LONGEST ? text : repeated.first(text);
        }
    }

    private final class Labels extends DelegatingDeserializer {
        Labels(JsonDeserializer<?> reader) {
            super(reader);
        }

        @Override
        protected JsonDeserializer<?> newDelegatingInstance(JsonDeserializer<?> reader) {
            return new Labels(reader);
        }

        @Override
        public JsonDeserializer<?> createContextual(DeserializationContext context, @Nullable BeanProperty property)
                throws JsonMappingException {
            return property != null && LABELS.contains(property.getName())
                    ? super.createContextual(context, property)
                    : context.handleSecondaryContextualization(
                            getDelegatee(), property, context.constructType(handledType()));
        }

        @Override
        public Object deserialize(JsonParser parser, DeserializationContext context) throws IOException {
            var texts = (Map<?, ?>) super.deserialize(parser, context);
            return texts.containsValue(null)
                    ? texts
                    : repeated.first(texts.entrySet().stream()
                            .collect(Collectors.toUnmodifiableMap(
                                    Map.Entry::getKey, text -> repeated.first(text.getValue()))));
        }
    }

    private final class Fields extends JsonDeserializer<FieldsV1> {
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
        return repeated.first(tree.entrySet().stream()
                .collect(Collectors.toUnmodifiableMap(
                        entry -> repeated.first((String) entry.getKey()),
                        entry -> entry.getValue() instanceof Map<?, ?> branch ? shared(branch) : entry.getValue())));
    }
}
