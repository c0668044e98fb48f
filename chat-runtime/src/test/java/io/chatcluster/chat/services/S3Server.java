package io.chatcluster.chat.services;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.S3Object;

/** A versitygw process of our own with one bucket, on the same port and folder each time it is started. */
public final class S3Server implements AutoCloseable {

    public static final String BUCKET = "media";
    public static final String REGION = "local-1";

    private final int port = FreePort.find();
    private final Path home = ServiceFolder.make("s3");
    private final Path folder = home.resolve("buckets");
    private @Nullable Process process;

    public S3Server() {
        try {
            Files.createDirectories(folder.resolve(BUCKET));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public URI endpoint() {
        return URI.create("http://127.0.0.1:" + port);
    }

    /** Takes the keys of {@link DynamoDbLocal#credentialsDirectory}. */
    public S3Server start() {
        try {
            Path log = home.resolve("versitygw.log");
            ProcessBuilder builder = new ProcessBuilder(
                            VersityGateway.program().toString(),
                            "--port",
                            "127.0.0.1:" + port,
                            "--region",
                            REGION,
                            "posix",
                            folder.toString())
                    .redirectErrorStream(true)
                    .redirectOutput(log.toFile());
            builder.environment().put("ROOT_ACCESS_KEY", "local");
            builder.environment().put("ROOT_SECRET_KEY", "local");
            Process started = builder.start();
            process = started;
            Runtime.getRuntime().addShutdownHook(new Thread(started::destroyForcibly));
            Patience.await("versitygw, see " + log)
                    .atMost(Duration.ofSeconds(60))
                    .until(() -> !started.isAlive() || listens());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return this;
    }

    private boolean listens() {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            return socket.isConnected();
        } catch (IOException e) {
            return false;
        }
    }

    /** The keys of the objects there are. */
    public List<String> keys() {
        try (S3Client client = client()) {
            return client.listObjectsV2(r -> r.bucket(BUCKET)).contents().stream()
                    .map(S3Object::key)
                    .toList();
        }
    }

    /** Puts an object there. */
    public void put(String key, String content) {
        try (S3Client client = client()) {
            client.putObject(r -> r.bucket(BUCKET).key(key), RequestBody.fromString(content));
        }
    }

    private S3Client client() {
        return S3Client.builder()
                .endpointOverride(endpoint())
                .forcePathStyle(true)
                .region(Region.of(REGION))
                .credentialsProvider(StaticCredentialsProvider.create(AwsBasicCredentials.create("local", "local")))
                .build();
    }

    /** SIGKILL; the objects stay. */
    public void kill() {
        Process running = process;
        if (running != null) {
            try {
                running.destroyForcibly().waitFor();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }

    /** Moves the bucket away, or back. */
    public void hideBucket(boolean hide) {
        Path bucket = folder.resolve(BUCKET);
        Path hidden = home.resolve("hidden");
        try {
            Files.move(hide ? bucket : hidden, hide ? hidden : bucket);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** SIGSTOP: connections stay, nothing answers. */
    public void freeze() {
        Signals.send("STOP", process);
    }

    /** SIGCONT. */
    public void thaw() {
        Signals.send("CONT", process);
    }

    @Override
    public void close() {
        kill();
    }
}
