package io.chatcluster.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.chatcluster.e2e.harness.ApiServerInUse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** What {@code make} does where it cannot do what it was asked. */
@ExtendWith(ApiServerInUse.class)
class MakeIT {
    private static final Path ROOT = Path.of("..").toAbsolutePath().normalize();
    private static final int TIMEOUT_MINUTES = 5;

    @TempDir
    @SuppressWarnings("NullAway.Init")
    private Path folder;

    private record Answer(int code, String output) {}

    @Test
    void shouldAskBeforeItInstallsIntoAClusterThatTheCallerNames() throws Exception {
        // Given
        var another = Map.of("KUBECONFIG", anotherKubeconfig());

        // When
        var answer = make(another, "up");

        // Then
        assertThat(answer.code()).isNotZero();
        assertThat(answer.output()).contains("not asked whether to install into 'staging'", "YES=1");
    }

    @Test
    void shouldSayWhereAnotherClusterCouldTakeImagesFrom() throws Exception {
        // Given
        var another = Map.of("KUBECONFIG", anotherKubeconfig(), "YES", "1");

        // When
        var answer = make(another, "up");

        // Then
        assertThat(answer.code()).isNotZero();
        assertThat(answer.output()).contains("cluster 'staging' cannot take images", "IMAGE_REGISTRY=");
    }

    @Test
    void shouldSayWhatATokenNeeds() throws Exception {
        // When
        var answer = make(Map.of(), "token", "USER=");

        // Then
        assertThat(answer.code()).isNotZero();
        assertThat(answer.output()).contains("make -s token USER=alice");
    }

    @Test
    void shouldSayWhichTimeIsNone() throws Exception {
        // When
        var answer = make(Map.of(), "token", "USER=alice", "TTL=soon");

        // Then
        assertThat(answer.code()).isNotZero();
        assertThat(answer.output()).contains("TTL=soon is not a time");
    }

    @Test
    void shouldPrintThePermissionsOnTheTablesAndTheBucketOfACluster() throws Exception {
        // When
        var answer = make(
                Map.of(), "-s", "iam-policy", "ROLE=operator", "CLUSTER=talk", "NAMESPACE=shop", "BUCKET=pictures");

        // Then
        assertThat(answer.code()).isZero();
        assertThat(answer.output())
                .contains("table/shop-talk-", "s3:::pictures")
                .doesNotContain("TABLE_PREFIX", "BUCKET");
    }

    @Test
    void shouldSayWhosePermissionsItPrints() throws Exception {
        // When
        var answer = make(Map.of(), "iam-policy", "ROLE=nobody");

        // Then
        assertThat(answer.code()).isNotZero();
        assertThat(answer.output()).contains("make -s iam-policy ROLE=chat|operator");
    }

    /** A cluster that is nowhere: nothing may ask it anything before the caller has agreed. */
    private String anotherKubeconfig() throws IOException {
        return Files.writeString(folder.resolve("staging.kubeconfig"), """
                        apiVersion: v1
                        kind: Config
                        clusters: [{name: staging, cluster: {server: "https://127.0.0.1:1"}}]
                        users: [{name: staging, user: {}}]
                        contexts: [{name: staging, context: {cluster: staging, user: staging}}]
                        current-context: staging
                        """).toString();
    }

    private Answer make(Map<String, String> environment, String... words) throws IOException, InterruptedException {
        var command = Stream.concat(Stream.of("make"), Stream.of(words)).toList();
        var output = folder.resolve("output");
        var builder = new ProcessBuilder(command)
                .directory(ROOT.toFile())
                .redirectErrorStream(true)
                .redirectInput(Path.of("/dev/null").toFile())
                .redirectOutput(output.toFile());
        builder.environment().putAll(environment);
        var process = builder.start();
        assertThat(process.waitFor(TIMEOUT_MINUTES, TimeUnit.MINUTES)).isTrue();
        return new Answer(process.exitValue(), Files.readString(output, StandardCharsets.UTF_8));
    }
}
