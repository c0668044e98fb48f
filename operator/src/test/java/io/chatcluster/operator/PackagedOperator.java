package io.chatcluster.operator;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.fabric8.kubernetes.api.model.authentication.TokenRequestBuilder;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.awaitility.Awaitility;

/** The operator as it was packaged, a process of its own with the container's options. */
final class PackagedOperator implements AutoCloseable {
    static final String USER = "system:serviceaccount:chatcluster-system:chatcluster-operator";
    private static final Path PROGRAM = Path.of("target/quarkus-app/quarkus-run.jar");

    private static final Path IMAGE = Path.of("src/main/container/Containerfile");
    private static final Pattern START = Pattern.compile("^ENTRYPOINT (.*)$", Pattern.MULTILINE);
    private static final Pattern VARIABLES = Pattern.compile("^ENV (\\w+)=(\\S+)$", Pattern.MULTILINE);

    /** The limit of the container, which the JVM takes its share of for the heap. */
    private static final String LIMIT = "-XX:MaxRAM=384m";

    private final Process process;
    private final int port;
    private final HttpClient http = HttpClient.newHttpClient();

    PackagedOperator(ApiServer server, Path directory) throws IOException {
        if (!Files.exists(PROGRAM)) {
            throw new IllegalStateException(PROGRAM.toAbsolutePath()
                    + " does not exist: package the module first, as make bench-operator does");
        }
        port = FreePort.find();
        var builder = new ProcessBuilder(command())
                .redirectErrorStream(true)
                .redirectOutput(directory.resolve("operator.log").toFile());
        VARIABLES
                .matcher(Files.readString(IMAGE))
                .results()
                .forEach(variable -> builder.environment().put(variable.group(1), variable.group(2)));
        builder.environment()
                .putAll(Map.of(
                        "QUARKUS_KUBERNETES_CLIENT_API_SERVER_URL", server.url(),
                        "QUARKUS_KUBERNETES_CLIENT_TOKEN", token(server),
                        "QUARKUS_KUBERNETES_CLIENT_TRUST_CERTS", "true",
                        "QUARKUS_MANAGEMENT_PORT", Integer.toString(port),
                        "CHATCLUSTER_RUNTIME_IMAGE", "registry.test/runtime:1",
                        "CHATCLUSTER_REDIS_IMAGE", "registry.test/redis:1",
                        "AWS_ACCESS_KEY_ID", "test",
                        "AWS_SECRET_ACCESS_KEY", "test"));
        process = builder.start();
        Runtime.getRuntime().addShutdownHook(new Thread(process::destroyForcibly));
        Awaitility.await("the operator, see " + directory.resolve("operator.log"))
                .atMost(Duration.ofMinutes(2))
                .until(() -> !process.isAlive() || isReady());
        if (!process.isAlive()) {
            throw new IllegalStateException(
                    "the operator ended: " + Files.readString(directory.resolve("operator.log")));
        }
    }

    /** As the image starts it, on this machine. */
    private static List<String> command() throws IOException {
        var start = START.matcher(Files.readString(IMAGE)).results().findFirst().orElseThrow();
        var words = new ArrayList<>(List.of(new ObjectMapper().readValue(start.group(1), String[].class)));
        words.set(0, Path.of(System.getProperty("java.home"), "bin", "java").toString());
        words.set(words.size() - 1, PROGRAM.toString());
        words.add(1, LIMIT);
        return words;
    }

    private static String token(ApiServer server) {
        return server.client()
                .serviceAccounts()
                .inNamespace("chatcluster-system")
                .withName("chatcluster-operator")
                .tokenRequest(new TokenRequestBuilder()
                        .withNewSpec()
                        .withExpirationSeconds(7200L)
                        .endSpec()
                        .build())
                .getStatus()
                .getToken();
    }

    private boolean isReady() {
        try {
            return http.send(request("/q/health/ready"), BodyHandlers.discarding())
                            .statusCode()
                    == 200;
        } catch (IOException notYet) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private HttpRequest request(String path) {
        return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
                .header("Accept", "text/plain")
                .timeout(Duration.ofSeconds(30))
                .build();
    }

    String metrics() throws IOException, InterruptedException {
        return http.send(request("/q/metrics"), BodyHandlers.ofString()).body();
    }

    /** What the last collection of the whole heap left, in MiB. */
    long liveMebibytes() throws IOException, InterruptedException {
        return metrics()
                .lines()
                .filter(line -> line.startsWith("jvm_gc_live_data_size_bytes"))
                .mapToLong(line -> (long) Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)) / (1024 * 1024))
                .findFirst()
                .orElseThrow();
    }

    /** Memory that the process holds now, in MiB. */
    long residentMebibytes() throws IOException {
        return kernelKibibytes("VmRSS:") / 1024;
    }

    /** The most that it ever held, in MiB. */
    long peakMebibytes() throws IOException {
        return kernelKibibytes("VmHWM:") / 1024;
    }

    int threads() throws IOException {
        return (int) kernelKibibytes("Threads:");
    }

    Duration processorTime() {
        return process.info().totalCpuDuration().orElseThrow();
    }

    private long kernelKibibytes(String key) throws IOException {
        return Files.readAllLines(Path.of("/proc/" + process.pid() + "/status")).stream()
                .filter(line -> line.startsWith(key))
                .map(line -> line.replaceAll("[^0-9]", ""))
                .mapToLong(Long::parseLong)
                .findFirst()
                .orElseThrow();
    }

    @Override
    public void close() {
        process.destroy();
        http.close();
    }
}
