package io.chatcluster.crds.v1alpha1;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Max;
import io.fabric8.generator.annotation.Min;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import org.jspecify.annotations.Nullable;

/** Where the chat pods' OpenTelemetry traces go, and how many there are. */
@JsonInclude(JsonInclude.Include.NON_NULL)
@JsonIgnoreProperties(ignoreUnknown = true)
@ValidationRule(
        value = "isURL(self.endpoint) && url(self.endpoint).getScheme() in ['http', 'https']",
        fieldPath = ".endpoint",
        message =
                "spec.tracing.endpoint must be an absolute http or https URL such as http://otel-collector.observability:4317")
public record TracingSpec(
        @Required
        @Size(min = 1, max = 512)
        @JsonPropertyDescription(
                "http or https URL of a collector that takes OTLP over gRPC, such as http://otel-collector.observability:4317.")
        String endpoint,

        @Nullable
        @Min(0)
        @Max(100)
        @JsonPropertyDescription(
                "Share of the commands and requests that are traced, 0 to 100 percent; fractions are allowed. Default: 1.")
        Double samplingPercentage) {}
