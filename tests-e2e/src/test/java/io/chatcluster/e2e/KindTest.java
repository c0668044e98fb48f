package io.chatcluster.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.chatcluster.e2e.harness.ClusterScript;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What `make up` asks of kind, told by a program of that name that writes it down. */
class KindTest {
    @TempDir
    private Path folder;

    @BeforeEach
    void writeDown() throws IOException {
        var kind = Files.writeString(folder.resolve("kind"), """
                #!/bin/bash
                echo "$*" >>"$CALLS"
                case $1 in
                    get) [ "$2" != clusters ] || [ ! -e "$THERE" ] || echo chatcluster ;;
                    delete) rm "$THERE" ;;
                    create) touch "$THERE" && cp "${@: -3:1}" "$CALLS.config" ;;
                esac
                """);
        Files.setPosixFilePermissions(kind, PosixFilePermissions.fromString("rwxr-xr-x"));
    }

    @Test
    void shouldGiveItsClusterThePortsOfTheSampleChat() throws Exception {
        // When
        start();

        // Then
        assertThat(calls()).contains("create");
        assertThat(folder.resolve("calls.config"))
                .content()
                .contains("containerPort: 31080, hostPort: 31080", "containerPort: 31081", "containerPort: 31082")
                .doesNotContain("@");
    }

    @Test
    void shouldMakeItsClusterAnewWhereARunWasInterruptedThatMadeIt() throws Exception {
        // Given
        Files.createFile(folder.resolve("there"));

        // When
        start();

        // Then
        assertThat(calls()).containsSubsequence("delete", "create");
    }

    @Test
    void shouldKeepItsCluster() throws Exception {
        // Given
        start();

        // When
        start();

        // Then
        assertThat(calls()).containsOnlyOnce("create").doesNotContain("delete");
    }

    @Test
    void shouldMakeNoClusterThatAnotherWouldAnswerFor() throws Exception {
        // Given
        try (var another = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            // When
            var said = start(another.getLocalPort(), false);

            // Then
            assertThat(said).contains("something answers at port " + another.getLocalPort(), "make down");
        }
        assertThat(calls()).doesNotContain("create");
    }

    private List<String> calls() throws IOException {
        return Files.readAllLines(folder.resolve("calls")).stream()
                .map(call -> call.split(" ", -1)[0])
                .toList();
    }

    private void start() throws IOException, InterruptedException {
        start(31080, true);
    }

    private String start(int port, boolean succeeds) throws IOException, InterruptedException {
        return ClusterScript.run(
                "start_kind",
                Map.of(
                        "WORK", folder.resolve("work").toString(),
                        "PATH", folder + ":" + System.getenv("PATH"),
                        "XDG_CACHE_HOME", folder.resolve("cache").toString(),
                        "CALLS", folder.resolve("calls").toString(),
                        "THERE", folder.resolve("there").toString(),
                        "PORT", Integer.toString(port),
                        "S3_PORT", Integer.toString(port + 1),
                        "SIGN_IN_PORT", Integer.toString(port + 2)),
                succeeds);
    }
}
