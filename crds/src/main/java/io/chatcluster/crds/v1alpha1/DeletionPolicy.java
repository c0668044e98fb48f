package io.chatcluster.crds.v1alpha1;

import com.fasterxml.jackson.annotation.JsonProperty;

/** What becomes of a table or a bucket when its ChatCluster is deleted. */
public enum DeletionPolicy {
    @JsonProperty("Retain")
    RETAIN,
    @JsonProperty("Delete")
    DELETE
}
