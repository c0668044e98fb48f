package io.chatcluster.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Into which clusters `make up` installs without asking. */
class ConsentIT {
    private static final String SCRIPT = """
            set -euo pipefail
            mkdir -p "$WORK"
            BIN=none
            . cluster/lib/common.sh
            . cluster/lib/target.sh
            use_callers_cluster
            """;

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
        var bash = new ProcessBuilder("bash", "-c", SCRIPT)
                .redirectErrorStream(true)
                .redirectInput(Path.of("/dev/null").toFile());
        bash.environment().put("KUBECONFIG", kubeconfig.toString());
        bash.environment().put("WORK", folder.resolve("work").toString());
        bash.environment().put("IMAGE_REGISTRY", "registry.test");
        bash.environment().put("YES", yes);
        var process = bash.start();
        var said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor() == 0).as(said).isEqualTo(succeeds);
        return said;
    }
}
