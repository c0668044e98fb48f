package io.chatcluster.operator.rollout;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.chatcluster.operator.metadata.ResourceNames;
import io.chatcluster.operator.plan.Hash;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.PodTemplateSpec;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * All that makes a chat pod what it is. A ConfigMap of its own keeps it: pods mount their settings from there, so that old
 * pods find theirs while new ones come, and the operator finds what to go back to.
 *
 * @param id hash of the next two, and of nothing that an operator's version changes by itself
 * @param properties content of the pods' application.properties
 * @param identity annotations of the pods' ServiceAccount, of which the template has a hash; absent where a former version
 *     of the operator kept none
 */
public record Revision(
        String id,
        PodTemplateSpec template,
        String properties,
        @Nullable Map<String, String> identity) {
    /** Name of the volume with the settings. */
    public static final String VOLUME = "config";

    public static final String PROPERTIES = "application.properties";
    private static final Logger LOG = Logger.getLogger(Revision.class);
    private static final String TEMPLATE = "pod-template.json";
    private static final String IDENTITY = "service-account-annotations.json";

    private static final TypeReference<Map<String, String>> ANNOTATIONS = new TypeReference<>() {};

    private static final ObjectMapper JSON = JsonMapper.builder()
            .enable(SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS)
            .build();

    /**
     * Names a revision.
     *
     * @param template the pods' template, given the name of the ConfigMap to mount
     */
    public static Revision of(
            ResourceNames names,
            String properties,
            Map<String, String> identity,
            Function<String, PodTemplateSpec> template) {
        var id = Hash.of(json(template.apply("")), properties);
        return new Revision(id, template.apply(names.chatConfig(id)), properties, identity);
    }

    /** The revision of this id that a ConfigMap keeps; none where somebody has made it unreadable. */
    public static Optional<Revision> read(String id, ConfigMap kept) {
        var data = kept.getData();
        try {
            var template = JSON.readValue(data.get(TEMPLATE), PodTemplateSpec.class);
            var identity = data.containsKey(IDENTITY) ? JSON.readValue(data.get(IDENTITY), ANNOTATIONS) : null;
            return Optional.of(new Revision(id, template, data.getOrDefault(PROPERTIES, ""), identity));
        } catch (JsonProcessingException e) {
            LOG.warnf(
                    "ConfigMap %s/%s cannot be read as a revision to go back to: delete it, or undo what was changed in it: %s",
                    kept.getMetadata().getNamespace(), kept.getMetadata().getName(), e.getOriginalMessage());
            return Optional.empty();
        }
    }

    public static boolean isKeptIn(ConfigMap candidate) {
        return candidate.getData() != null && candidate.getData().containsKey(TEMPLATE);
    }

    /** What the ConfigMap holds. */
    public Map<String, String> data() {
        return identity == null
                ? Map.of(PROPERTIES, properties, TEMPLATE, json(template))
                : Map.of(PROPERTIES, properties, TEMPLATE, json(template), IDENTITY, json(identity));
    }

    private static String json(Object value) {
        try {
            // By way of maps, whose entries are in an order that no version of the model classes decides.
            return JSON.writeValueAsString(JSON.convertValue(value, Object.class));
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException(e);
        }
    }
}
