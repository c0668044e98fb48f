package io.chatcluster.operator.status;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.fabric8.kubernetes.api.model.HasMetadata;
import java.util.Optional;
import java.util.stream.StreamSupport;

/** What kstatus, and with it Flux, kpt and others, takes an object for whose kind it does not know. */
public enum Kstatus {
    IN_PROGRESS,
    FAILED,
    CURRENT,
    TERMINATING;

    private static final ObjectMapper JSON = new ObjectMapper();

    public static Kstatus of(HasMetadata object) {
        JsonNode json = JSON.valueToTree(object);
        var metadata = json.path("metadata");
        var observed = json.path("status").path("observedGeneration");
        if (!metadata.path("deletionTimestamp").asText().isEmpty()) {
            return TERMINATING;
        }
        if (observed.isNumber()
                && observed.asLong() != metadata.path("generation").asLong()) {
            return IN_PROGRESS;
        }
        if (condition(json, "Reconciling").filter("True"::equals).isPresent()) {
            return IN_PROGRESS;
        }
        if (condition(json, "Stalled").filter("True"::equals).isPresent()) {
            return FAILED;
        }
        return condition(json, "Ready").map("True"::equals).orElse(true) ? CURRENT : IN_PROGRESS;
    }

    private static Optional<String> condition(JsonNode object, String type) {
        return StreamSupport.stream(object.path("status").path("conditions").spliterator(), false)
                .filter(condition -> condition.path("type").asText().equals(type))
                .map(condition -> condition.path("status").asText())
                .findFirst();
    }
}
