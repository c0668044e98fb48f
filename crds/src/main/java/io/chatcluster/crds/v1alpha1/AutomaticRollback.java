package io.chatcluster.crds.v1alpha1;

import com.fasterxml.jackson.annotation.JsonProperty;

/** Whether chat pods that do not come up become again what they were. */
public enum AutomaticRollback {
    @JsonProperty("Enabled")
    ENABLED,
    @JsonProperty("Disabled")
    DISABLED
}
