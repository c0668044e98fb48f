import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.WebSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;

/**
 * The run that an image's ahead-of-time cache is made from: starts the application as the image will, with nothing around it but
 * a store that is empty, asks what a cluster asks of it, and ends it, upon which the JVM writes the cache.
 * Arguments: the cache, then the command. Beside this class are the application's settings for it.
 */
public final class Training {
    private static final Duration START_TIMEOUT = Duration.ofSeconds(120);
    private static final Duration END_TIMEOUT = Duration.ofSeconds(240);
    private static final Path FOLDER = Path.of("/training");
    private static final int ROUNDS = 3;
    /** What DynamoDB says of a key that is free. */
    private static final String NO_ITEM = "{}";

    private final HttpClient client = HttpClient.newHttpClient();
    private final int http = freePort();
    private final int management = freePort();

    private Training() throws IOException {}

    public static void main(String[] arguments) throws Exception {
        var cache = Path.of(arguments[0]);
        var store = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        store.createContext("/", exchange -> {
            exchange.getRequestBody().readAllBytes();
            byte[] nothing = NO_ITEM.getBytes(StandardCharsets.US_ASCII);
            exchange.getResponseHeaders().add("Content-Type", "application/json");
            exchange.sendResponseHeaders(200, nothing.length);
            exchange.getResponseBody().write(nothing);
            exchange.close();
        });
        store.start();
        try {
            new Training().run(cache, store.getAddress().getPort(), List.of(arguments).subList(1, arguments.length));
        } finally {
            store.stop(0);
        }
        System.out.printf("%s: %d MiB%n", cache, Files.size(cache) >> 20);
    }

    private void run(Path cache, int store, List<String> command) throws Exception {
        var whole = new ArrayList<>(command);
        whole.addAll(1, List.of(
                "-XX:AOTCacheOutput=" + cache,
                "-Dtraining.store=http://127.0.0.1:" + store,
                "-Dquarkus.http.port=" + http,
                "-Dquarkus.management.port=" + management,
                "-Dquarkus.config.locations=" + FOLDER.resolve("application.properties")));
        var process = new ProcessBuilder(whole).inheritIO().start();
        try {
            awaitStart(process);
            for (int round = 0; round < ROUNDS; round++) {
                askAsACluster();
            }
        } finally {
            process.destroy();
        }
        if (!process.waitFor(END_TIMEOUT.toSeconds(), TimeUnit.SECONDS)) {
            process.destroyForcibly();
            throw new IllegalStateException("the application does not end");
        }
    }

    /** Not readiness, which waits a while for Redis: there is none. */
    private void awaitStart(Process process) throws Exception {
        long deadline = System.nanoTime() + START_TIMEOUT.toNanos();
        while (get(management, "/q/health/started") != 200) {
            if (!process.isAlive() || System.nanoTime() > deadline) {
                throw new IllegalStateException("the application does not start");
            }
            Thread.sleep(200);
        }
    }

    private void askAsACluster() throws Exception {
        for (String path : List.of("/q/health/live", "/q/health/started", "/q/metrics", "/status")) {
            get(management, path);
        }
        for (String path : List.of("/", "/config.json")) {
            get(http, path);
        }
        openSocket();
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

    /** Says something that is refused, which goes through everything but the store. */
    private void openSocket() {
        var closed = new CompletableFuture<Integer>();
        client.newWebSocketBuilder()
                .subprotocols("chat.v1.json")
                .buildAsync(URI.create("ws://127.0.0.1:" + http + "/ws"), new WebSocket.Listener() {
                    @Override
                    public CompletionStage<?> onClose(WebSocket socket, int status, String reason) {
                        closed.complete(status);
                        return null;
                    }

                    @Override
                    public void onError(WebSocket socket, Throwable failure) {
                        closed.completeExceptionally(failure);
                    }
                })
                .thenCompose(socket -> socket.sendText("{\"id\":1,\"connect\":{\"token\":\"none\"}}", true))
                .thenCompose(sent -> closed)
                .exceptionally(nobody -> 0)
                .join();
    }

    private static int freePort() throws IOException {
        try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }
}
