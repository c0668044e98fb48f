package io.chatcluster.crds.v1alpha1;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import org.jspecify.annotations.Nullable;

/** Autoscaling by KEDA, which makes the HorizontalPodAutoscaler itself. */
@JsonInclude(JsonInclude.Include.NON_NULL)
@JsonIgnoreProperties(ignoreUnknown = true)
@ValidationRule(
        value =
                "!has(self.prometheusAddress) || (isURL(self.prometheusAddress) && url(self.prometheusAddress).getScheme() in ['http', 'https'])",
        fieldPath = ".prometheusAddress",
        message = "spec.autoscaling.keda.prometheusAddress must be an absolute http or https URL")
public record KedaSpec(
        @Nullable
        @Size(min = 1, max = 512)
        @JsonPropertyDescription(
                "URL of a Prometheus that scrapes the chat pods with the labels namespace and pod, for connectionsPerPod. Default: none, and connectionsPerPod must be absent.")
        String prometheusAddress) {}
