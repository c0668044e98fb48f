package io.chatcluster.e2e.harness;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;

/** The functions by which {@code make up} decides on a cluster, called alone. */
public final class ClusterScript {
    private static final String BEFORE = """
            set -euo pipefail
            HERE=$PWD/cluster
            BIN=none
            mkdir -p "$WORK"
            . cluster/lib/common.sh
            . cluster/lib/target.sh
            """;

    private ClusterScript() {}

    /**
     * Nobody answers what it asks.
     *
     * @param environment with {@code WORK}, a folder that what it remembers is put into
     * @return what it says
     */
    public static String run(String function, Map<String, String> environment, boolean succeeds)
            throws IOException, InterruptedException {
        var bash = new ProcessBuilder("bash", "-c", BEFORE + function)
                .redirectErrorStream(true)
                .redirectInput(Path.of("/dev/null").toFile());
        bash.environment().putAll(environment);
        var process = bash.start();
        var said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor() == 0).as(said).isEqualTo(succeeds);
        return said;
    }
}
