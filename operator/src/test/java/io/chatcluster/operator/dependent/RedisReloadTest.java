package io.chatcluster.operator.dependent;

import static org.assertj.core.api.Assertions.assertThat;

import io.chatcluster.crds.v1alpha1.ChatCluster;
import io.chatcluster.operator.FreePort;
import io.chatcluster.operator.plan.Circumstances;
import io.chatcluster.operator.plan.ClusterPlan;
import io.chatcluster.operator.plan.Plans;
import io.chatcluster.operator.plan.RedisFound;
import io.chatcluster.operator.plan.SecretContents;
import io.chatcluster.operator.plan.TakenUp;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A real Redis server and the script beside it, with what the operator gives them. */
class RedisReloadTest {
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    @TempDir
    private Path directory;

    private final ChatCluster cluster = Plans.cluster("dynamodb: {region: eu-west-1}");
    private ClusterPlan plan = planned(SecretContents.NONE, TakenUp.NOTHING);
    private int port;
    private @Nullable Process server;
    private @Nullable Process script;

    private ClusterPlan planned(SecretContents contents, TakenUp takenUp) {
        return Plans.of(Plans.planner()
                .plan(cluster, new Circumstances(contents, takenUp, null, RedisFound.NOTHING, Instant.now())));
    }

    @BeforeEach
    void start() throws IOException {
        Files.createDirectory(directory.resolve("redis"));
        Files.createDirectory(directory.resolve("redis-tls"));
        mount();
        port = FreePort.find();
        server = run(
                "server",
                Stream.concat(Stream.of("redis-server"), RedisReload.serverArguments().stream())
                        .map(this::here)
                        .toList());
        await(() -> Files.exists(directory.resolve("redis.sock")));
        script = run("script", List.of("sh", "-c", here(RedisReload.SCRIPT)));
    }

    @AfterEach
    void stop() {
        Stream.of(script, server).filter(Objects::nonNull).forEach(Process::destroyForcibly);
    }

    /** The pod's paths and port are not free on a machine that runs tests. */
    private String here(String text) {
        return text.equals("6379")
                ? Integer.toString(port)
                : text.replace("/tmp/", directory + "/").replace("/etc/chatcluster", directory.toString());
    }

    private Process run(String name, List<String> command) throws IOException {
        return new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(directory.resolve(name + ".log").toFile())
                .start();
    }

    /** As the kubelet does it, a file appears whole. */
    private void mount() throws IOException {
        var auth = Objects.requireNonNull(plan.secrets().redisAuth());
        var tls = Objects.requireNonNull(plan.secrets().redisTls());
        mount(tls, "tls.key", "redis-tls");
        mount(tls, "tls.crt", "redis-tls");
        mount(auth, "administrator", "redis");
        mount(auth, "users.conf", "redis");
    }

    private void mount(Map<String, String> data, String key, String folder) throws IOException {
        var fresh = directory.resolve("fresh");
        Files.write(fresh, Base64.getDecoder().decode(data.get(key)));
        Files.move(
                fresh,
                directory.resolve(folder).resolve(key),
                StandardCopyOption.ATOMIC_MOVE,
                StandardCopyOption.REPLACE_EXISTING);
    }

    private void step(TakenUp takenUp) throws IOException {
        var secrets = plan.secrets();
        plan = planned(
                new SecretContents(secrets.signingKey(), secrets.redisAuth(), secrets.redisTls(), Map.of()), takenUp);
        mount();
    }

    private RedisClient connect() throws IOException, GeneralSecurityException {
        var tls = Objects.requireNonNull(plan.secrets().redisTls());
        return new RedisClient(port, Base64.getDecoder().decode(tls.get("ca.crt")));
    }

    /** {@code user password} of the newest user, or of the former one. */
    private String login(int index) {
        var auth = Objects.requireNonNull(plan.secrets().redisAuth());
        return new String(Base64.getDecoder().decode(auth.get("credentials")), StandardCharsets.UTF_8)
                .lines()
                .toList()
                .get(index);
    }

    private String signIn(String login) throws IOException, GeneralSecurityException {
        try (var client = connect()) {
            return client.ask("AUTH " + login);
        }
    }

    private String publish(String login) throws IOException, GeneralSecurityException {
        try (var client = connect()) {
            assertThat(client.ask("AUTH " + login)).isEqualTo("+OK");
            return client.ask("PUBLISH room:1 hello");
        }
    }

    private static void await(Callable<Boolean> condition) {
        Awaitility.await().atMost(PATIENCE).until(condition);
    }

    @Test
    void shouldLetNobodyInWithoutAPassword() throws IOException, GeneralSecurityException {
        try (var client = connect()) {
            assertThat(client.ask("PING")).startsWith("-NOAUTH");
        }
    }

    @Test
    void shouldTakeTheNewUserAndKeepTheFormerOneConnectedUntilItIsShutOut()
            throws IOException, GeneralSecurityException {
        try (var former = connect()) {
            // Given
            assertThat(former.ask("AUTH " + login(0))).isEqualTo("+OK");
            assertThat(former.ask("SUBSCRIBE room:1")).isEqualTo("*3");
            former.skip(5);

            // When
            cluster.getMetadata().setAnnotations(Map.of("chatcluster.io/rotate", "one"));
            step(TakenUp.NOTHING);
            await(() -> signIn(login(0)).equals("+OK"));
            var old = login(1);

            // Then
            assertThat(signIn(old)).isEqualTo("+OK");
            assertThat(publish(login(0))).isEqualTo(":1");
            former.skip(7);

            // When
            step(TakenUp.NOBODY);

            // Then
            await(() -> signIn(old).startsWith("-WRONGPASS"));
            assertThat(former.ended()).isTrue();
            assertThat(signIn(login(0))).isEqualTo("+OK");
        }
    }

    @Test
    void shouldTakeANewCertificateAndKeepItsConnections() throws IOException, GeneralSecurityException {
        try (var before = connect()) {
            // Given
            assertThat(before.ask("AUTH " + login(0))).isEqualTo("+OK");

            // When
            cluster.setSpec(Plans.cluster("dynamodb: {region: eu-west-1}\nredis: {managed: {shards: 3}}")
                    .getSpec());
            step(TakenUp.NOTHING);

            // Then
            await(() -> {
                try (var after = connect()) {
                    return after.serverNames().contains("demo-redis-2.shop.svc");
                }
            });
            assertThat(before.serverNames()).doesNotContain("demo-redis-2.shop.svc");
            assertThat(before.ask("ECHO here")).isEqualTo("$4");
        }
    }
}
