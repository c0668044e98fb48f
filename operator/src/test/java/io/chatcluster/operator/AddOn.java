package io.chatcluster.operator;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.fabric8.kubernetes.api.model.apiextensions.v1.CustomResourceDefinition;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;

/** A kind that a cluster may or may not have, as its own project publishes it. */
enum AddOn {
    KEDA("github.com/kedacore/keda/v2@v2.21.0", "config/crd/bases/keda.sh_scaledobjects.yaml"),
    GATEWAY_API("sigs.k8s.io/gateway-api@v1.2.1", "config/crd/standard/gateway.networking.k8s.io_httproutes.yaml");

    private final String module;
    private final String definition;

    AddOn(String module, String definition) {
        this.module = module;
        this.definition = definition;
    }

    /** Adds it, and waits until the API server serves it. */
    void install(KubernetesClient client) throws IOException {
        var made = client.resource(client.getKubernetesSerialization()
                        .unmarshal(Files.readString(source().resolve(definition)), CustomResourceDefinition.class))
                .create();
        RunningOperator.await(
                "the API server to serve " + this,
                () -> assertThat(client.apiextensions()
                                .v1()
                                .customResourceDefinitions()
                                .withName(made.getMetadata().getName())
                                .require()
                                .getStatus()
                                .getConditions())
                        .anyMatch(condition -> condition.getType().equals("Established")
                                && condition.getStatus().equals("True")));
    }

    /** Takes it away, and every object of it. */
    void remove(KubernetesClient client) {
        var fileName = Objects.requireNonNull(Path.of(definition).getFileName()).toString();
        var group = fileName.substring(0, fileName.indexOf('_'));
        var plural = fileName.substring(group.length() + 1, fileName.indexOf(".yaml"));
        var present = client.apiextensions().v1().customResourceDefinitions().withName(plural + "." + group);
        present.delete();
        RunningOperator.await(
                "the end of " + this, () -> assertThat(present.get()).isNull());
    }

    /** The files of the Go module, out of Go's own cache when they are there. */
    private Path source() throws IOException {
        var process = new ProcessBuilder("go", "mod", "download", "-json", module)
                .directory(Path.of("target").toFile())
                .start();
        try (var output = process.getInputStream()) {
            var answer = new ObjectMapper().readTree(output);
            assertThat(answer.path("Error").asText()).isEmpty();
            return Path.of(answer.path("Dir").asText());
        }
    }
}
