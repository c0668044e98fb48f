package io.chatcluster.crds.v1alpha1;

import com.fasterxml.jackson.annotation.JsonClassDescription;
import io.fabric8.crd.generator.annotation.AdditionalPrinterColumn;
import io.fabric8.generator.annotation.ValidationRule;
import io.fabric8.kubernetes.api.model.Namespaced;
import io.fabric8.kubernetes.client.CustomResource;
import io.fabric8.kubernetes.model.annotation.Group;
import io.fabric8.kubernetes.model.annotation.Kind;
import io.fabric8.kubernetes.model.annotation.ShortNames;
import io.fabric8.kubernetes.model.annotation.Version;
import org.jspecify.annotations.Nullable;

/** A chat service: chat pods, a Redis tier, DynamoDB tables and an S3 bucket, run as one. */
@Group(ChatCluster.GROUP)
@Version("v1alpha1")
@Kind("ChatCluster")
@ShortNames("cc")
@JsonClassDescription(
        "A chat service: chat pods, a Redis tier, DynamoDB tables and, where asked for, an S3 bucket, run as one.")
@AdditionalPrinterColumn(
        name = "Ready",
        jsonPath = ".status.conditions[?(@.type==\"Ready\")].status",
        type = AdditionalPrinterColumn.Type.STRING)
@AdditionalPrinterColumn(
        name = "Replicas",
        jsonPath = ".status.readyReplicas",
        type = AdditionalPrinterColumn.Type.INTEGER)
@AdditionalPrinterColumn(
        name = "Connections",
        jsonPath = ".status.connections",
        type = AdditionalPrinterColumn.Type.INTEGER)
@AdditionalPrinterColumn(name = "Version", jsonPath = ".status.version", type = AdditionalPrinterColumn.Type.STRING)
@AdditionalPrinterColumn(
        name = "Age",
        jsonPath = ".metadata.creationTimestamp",
        type = AdditionalPrinterColumn.Type.DATE)
@ValidationRule(
        value = "self.metadata.name.size() <= 40 && self.metadata.name.matches('^[a-z]([-a-z0-9]*[a-z0-9])?$')",
        message =
                "metadata.name must be at most 40 characters, start with a letter and hold only lower-case letters, digits and hyphens: the names of its Services are made from it")
@ValidationRule(
        value = "has(self.spec)",
        message = "spec is required: spec.dynamodb.region is the least that a ChatCluster needs")
public final class ChatCluster extends CustomResource<ChatClusterSpec, ChatClusterStatus> implements Namespaced {
    public static final String GROUP = "chatcluster.io";

    private static final long serialVersionUID = 1L;

    @Override
    protected @Nullable ChatClusterSpec initSpec() {
        return null;
    }

    @Override
    protected @Nullable ChatClusterStatus initStatus() {
        return null;
    }
}
