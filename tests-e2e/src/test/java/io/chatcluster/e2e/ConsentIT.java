package io.chatcluster.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.chatcluster.e2e.harness.ClusterScript;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Into which clusters `make up` installs without asking. */
class ConsentIT {
    @TempDir
    private Path folder;

    @Test
    void shouldAskOnceForACluster() throws Exception {
        // Given
        use("https://127.0.0.1:1", "1", true);

        // When
        var said = use("https://127.0.0.1:1", "", true);

        // Then
        assertThat(said).isEmpty();
    }

    @Test
    void shouldAskAgainWhereAnotherClusterHasAContextOfTheSameName() throws Exception {
        // Given
        use("https://127.0.0.1:1", "1", true);

        // When
        var said = use("https://127.0.0.1:2", "", false);

        // Then
        assertThat(said).contains("not asked whether to install into 'default'");
    }

    private String use(String server, String yes, boolean succeeds) throws IOException, InterruptedException {
        var kubeconfig = Files.writeString(folder.resolve("kubeconfig"), """
                apiVersion: v1
                kind: Config
                clusters: [{name: default, cluster: {server: "%s"}}]
                users: [{name: default, user: {}}]
                contexts: [{name: default, context: {cluster: default, user: default}}]
                current-context: default
                """.formatted(server));
        return ClusterScript.run(
                "use_callers_cluster",
                Map.of(
                        "KUBECONFIG",
                        kubeconfig.toString(),
                        "WORK",
                        folder.resolve("work").toString(),
                        "IMAGE_REGISTRY",
                        "registry.test",
                        "YES",
                        yes),
                succeeds);
    }
}
