package io.chatcluster.crds.v1alpha1;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;

/** Where the chat service tells another system of events. */
@JsonInclude(JsonInclude.Include.NON_NULL)
@JsonIgnoreProperties(ignoreUnknown = true)
@ValidationRule(
        value = "isURL(self.url) && url(self.url).getScheme() in ['http', 'https']",
        fieldPath = ".url",
        message = "spec.webhook.url must be an absolute http or https URL such as https://app.example.com/chat-events")
public record WebhookSpec(
        @Required @Size(min = 1, max = 512) @JsonPropertyDescription("http or https URL that events are POSTed to.")
        String url,

        @Required
        @JsonPropertyDescription(
                "Secret whose key secret signs what is sent, so that the receiver can tell that it is genuine.")
        SecretRef signingSecretRef) {}
