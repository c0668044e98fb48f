package io.chatcluster.operator.aws;

import io.chatcluster.operator.FreePort;
import io.chatcluster.operator.plan.AwsLocation;
import io.quarkus.bootstrap.resolver.maven.BootstrapMavenException;
import io.quarkus.bootstrap.resolver.maven.MavenArtifactResolver;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.eclipse.aether.artifact.DefaultArtifact;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.awscore.retry.AwsRetryStrategy;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

/** A server that speaks for AWS in tests: DynamoDB Local or versitygw, a process of its own on the loopback interface. */
public final class AwsStandIn implements AutoCloseable {
    private static final String KEY_ID = "local";
    private static final String SECRET_KEY = "local-secret";
    static final AwsCredentials CREDENTIALS = new AwsCredentials("test", KEY_ID, SECRET_KEY);

    private static final String REGION = "us-east-1";
    private static final Duration PATIENCE = Duration.ofMinutes(2);

    private final Process process;
    private final int port;

    private AwsStandIn(int port, Path directory, List<String> command) throws IOException {
        this.port = port;
        var log = directory.resolve("server.log");
        var builder = new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(log.toFile());
        builder.environment().putAll(Map.of("ROOT_ACCESS_KEY", KEY_ID, "ROOT_SECRET_KEY", SECRET_KEY));
        this.process = builder.start();
        Runtime.getRuntime().addShutdownHook(new Thread(process::destroyForcibly));
        Awaitility.await("the server, see " + log).atMost(PATIENCE).until(() -> !process.isAlive() || listens());
        if (!process.isAlive()) {
            throw new IllegalStateException("%s ended: %s".formatted(command.getFirst(), Files.readString(log)));
        }
    }

    public static AwsStandIn dynamoDb(Path directory) throws IOException {
        var port = FreePort.find();
        return new AwsStandIn(
                port,
                directory,
                List.of(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx256m",
                        "-XX:TieredStopAtLevel=1",
                        "--enable-native-access=ALL-UNNAMED",
                        "-cp",
                        dynamoDbLocal(),
                        "com.amazonaws.services.dynamodbv2.local.main.ServerRunner",
                        "-inMemory",
                        "-sharedDb",
                        "-disableTelemetry",
                        "-port",
                        Integer.toString(port)));
    }

    /** versitygw, where it is on the PATH or the cluster tests have compiled it; absent elsewhere. */
    static Optional<Path> versitygw() throws IOException {
        var onPath = Stream.of(System.getenv("PATH").split(":", -1)).map(folder -> Path.of(folder, "versitygw"));
        var cache = Path.of(
                Optional.ofNullable(System.getenv("XDG_CACHE_HOME"))
                        .orElse(System.getProperty("user.home") + "/.cache"),
                "chatcluster");
        try (var builds = Files.isDirectory(cache) ? Files.list(cache) : Stream.<Path>empty()) {
            return Stream.concat(onPath, builds.map(build -> build.resolve("bin/versitygw")))
                    .filter(Files::isExecutable)
                    .findFirst();
        }
    }

    static AwsStandIn s3(Path versitygw, Path directory) throws IOException {
        var port = FreePort.find();
        return new AwsStandIn(
                port,
                directory,
                List.of(
                        versitygw.toString(),
                        "--port",
                        "127.0.0.1:" + port,
                        "posix",
                        Files.createDirectory(directory.resolve("buckets")).toString()));
    }

    public AwsLocation location() {
        return new AwsLocation(REGION, address());
    }

    private String address() {
        return "http://127.0.0.1:" + port;
    }

    /** A client of DynamoDB for the test's own hands: asks once and waits for the answer, where the operator soon asks again. */
    DynamoDbClient client() {
        return DynamoDbClient.builder()
                .endpointOverride(URI.create(address()))
                .region(Region.of(REGION))
                .credentialsProvider(StaticCredentialsProvider.create(AwsBasicCredentials.create(KEY_ID, SECRET_KEY)))
                .httpClientBuilder(UrlConnectionHttpClient.builder().socketTimeout(PATIENCE))
                .overrideConfiguration(override -> override.retryStrategy(AwsRetryStrategy.doNotRetry()))
                .build();
    }

    private boolean listens() {
        try (var socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            return socket.isConnected();
        } catch (IOException e) {
            return false;
        }
    }

    private static String dynamoDbLocal() {
        var version = System.getProperty("dynamodb-local.version", "2.6.1");
        try {
            return MavenArtifactResolver.builder()
                    .setWorkspaceDiscovery(false)
                    .build()
                    .resolveDependencies(new DefaultArtifact("com.amazonaws:DynamoDBLocal:" + version), List.of())
                    .getArtifactResults()
                    .stream()
                    .map(result -> result.getArtifact().getFile().getPath())
                    .collect(Collectors.joining(":"));
        } catch (BootstrapMavenException e) {
            throw new UncheckedIOException("cannot resolve DynamoDB Local " + version, new IOException(e));
        }
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }
}
