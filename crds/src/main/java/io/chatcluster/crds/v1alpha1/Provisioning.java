package io.chatcluster.crds.v1alpha1;

import com.fasterxml.jackson.annotation.JsonProperty;

/** Who makes a table or a bucket. */
public enum Provisioning {
    @JsonProperty("Managed")
    MANAGED,
    @JsonProperty("External")
    EXTERNAL
}
