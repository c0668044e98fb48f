import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * The run that an image's ahead-of-time cache is made from: starts the application as the image will, with nothing around it but
 * a Redis server and a store that stays empty, asks what a cluster and a client ask of it, and ends it, upon which the JVM writes the
 * cache. Arguments: the cache, then the command. Beside this class are the application's settings for it.
 */
public final class Training {
    private static final Duration START_TIMEOUT = Duration.ofSeconds(120);
    private static final Duration END_TIMEOUT = Duration.ofSeconds(240);
    private static final Path FOLDER = Path.of("/training");
    private static final int ROUNDS = 3;
    private static final String ISSUER = "https://chatcluster.io/training";

    private final HttpClient client = HttpClient.newHttpClient();
    private final int http = freePort();
    private final int management = freePort();
    private final Visitor visitor = Visitor.admitted(FOLDER.resolve("jwks.json"), ISSUER);

    private Training() throws Exception {}

    public static void main(String[] arguments) throws Exception {
        var cache = Path.of(arguments[0]);
        try (var store = Store.start();
                var redis = RedisServer.start(FOLDER)) {
            var settings = List.of(
                    "-Dchat.dynamodb.endpoint=" + store.address(),
                    "-Dchat.redis.shards=localhost:" + redis.port(),
                    "-Dchat.auth.issuer=" + ISSUER);
            new Training().run(cache, settings, List.of(arguments).subList(1, arguments.length));
        }
        System.out.printf("%s: %d MiB%n", cache, Files.size(cache) >> 20);
    }

    private void run(Path cache, List<String> settings, List<String> command) throws Exception {
        var whole = new ArrayList<>(command);
        whole.addAll(1, settings);
        whole.addAll(1, List.of(
                "-XX:AOTCacheOutput=" + cache,
                "-Dquarkus.http.port=" + http,
                "-Dquarkus.management.port=" + management,
                "-Dquarkus.config.locations=" + FOLDER.resolve("application.properties")));
        var process = new ProcessBuilder(whole).inheritIO().start();
        try {
            awaitReady(process);
            for (int round = 0; round < ROUNDS; round++) {
                askAsACluster();
                visitor.call(client, URI.create("ws://127.0.0.1:" + http + "/ws"));
            }
        } finally {
            process.destroy();
        }
        if (!process.waitFor(END_TIMEOUT.toSeconds(), TimeUnit.SECONDS)) {
            process.destroyForcibly();
            throw new IllegalStateException("the application does not end");
        }
    }

    /** By then a message has come back through Redis. */
    private void awaitReady(Process process) throws Exception {
        long deadline = System.nanoTime() + START_TIMEOUT.toNanos();
        while (get(management, "/q/health/started") != 200 || get(management, "/q/health/ready") != 200) {
            if (!process.isAlive() || System.nanoTime() > deadline) {
                throw new IllegalStateException("the application does not become ready");
            }
            Thread.sleep(200);
        }
    }

    private void askAsACluster() throws Exception {
        for (String path : List.of("/q/health/live", "/q/health/started", "/q/health/ready", "/q/metrics", "/status")) {
            get(management, path);
        }
        for (String path : List.of("/", "/config.json")) {
            get(http, path);
        }
    }

    /** The status, 0 when nothing answers: an application need not serve both ports. */
    private int get(int port, String path) throws InterruptedException {
        try {
            var request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path)).build();
            return client.send(request, BodyHandlers.ofString()).statusCode();
        } catch (IOException nobody) {
            return 0;
        }
    }

    static int freePort() throws IOException {
        try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }
}
