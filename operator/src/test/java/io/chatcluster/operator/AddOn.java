package io.chatcluster.operator;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.chatcluster.operator.dependent.ScaledObject;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.apiextensions.v1.CustomResourceDefinition;
import io.fabric8.kubernetes.api.model.gatewayapi.v1.HTTPRoute;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.dsl.Resource;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** A kind that a cluster may or may not have, as its own project publishes it. */
enum AddOn {
    KEDA(ScaledObject.class, "github.com/kedacore/keda/v2@v2.21.0", "config/crd/bases/keda.sh_scaledobjects.yaml"),
    GATEWAY_API(
            HTTPRoute.class,
            "sigs.k8s.io/gateway-api@v1.2.1",
            "config/crd/standard/gateway.networking.k8s.io_httproutes.yaml");

    private final Class<? extends HasMetadata> kind;
    private final String module;
    private final String definition;

    AddOn(Class<? extends HasMetadata> kind, String module, String definition) {
        this.kind = kind;
        this.module = module;
        this.definition = definition;
    }

    /** Adds it, and waits until the API server serves it. */
    void install(KubernetesClient client) throws IOException {
        client.resource(client.getKubernetesSerialization()
                        .unmarshal(Files.readString(source().resolve(definition)), CustomResourceDefinition.class))
                .create();
        RunningOperator.await(
                "the API server to serve " + this,
                () -> assertThat(installed(client).require().getStatus().getConditions())
                        .anyMatch(condition -> condition.getType().equals("Established")
                                && condition.getStatus().equals("True")));
    }

    /** Takes it away, and every object of it. */
    void remove(KubernetesClient client) {
        installed(client).delete();
        RunningOperator.await(
                "the end of " + this, () -> assertThat(installed(client).get()).isNull());
    }

    private Resource<CustomResourceDefinition> installed(KubernetesClient client) {
        return client.apiextensions().v1().customResourceDefinitions().withName(HasMetadata.getFullResourceName(kind));
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
