package io.chatcluster.e2e.harness;

import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;

/**
 * A Keycloak process on the node, in memory, where pods and browsers reach it at the same address. Its realm is the resource
 * {@code chat-realm.json}.
 */
public final class KeycloakServer implements AutoCloseable {
    private static final String REALM = "chat";
    private static final String ADMIN = "admin";
    private static final String ADMIN_PASSWORD = "only-for-this-test";
    private static final Duration STARTED = Duration.ofMinutes(10);
    private static final Duration ANSWER = Duration.ofMinutes(1);
    private static final HttpClient HTTP = HttpClient.newHttpClient();

    private final String host;
    private final int port;
    private final Path log;
    private final Process process;

    private KeycloakServer(String host, int port, Path log, Process process) {
        this.host = host;
        this.port = port;
        this.log = log;
        this.process = process;
    }

    /** Starts one; it does not answer yet. */
    public static KeycloakServer start() {
        var home = Path.of(Objects.requireNonNull(System.getProperty("keycloak.home"), "-Dkeycloak.home"));
        var host = nodeAddress();
        try (var realm = KeycloakServer.class.getResourceAsStream("/chat-realm.json")) {
            var imports = Files.createDirectories(home.resolve("data/import"));
            Files.write(
                    imports.resolve("chat-realm.json"),
                    Objects.requireNonNull(realm).readAllBytes());
            var port = freePort(host);
            var log = home.resolve("keycloak.log");
            var command = new ProcessBuilder(
                            "/bin/sh",
                            home.resolve("bin/kc.sh").toString(),
                            "start-dev",
                            "--import-realm",
                            "--db=dev-mem",
                            "--cache=local",
                            "--http-host=" + host,
                            "--http-port=" + port,
                            "--http-management-port=" + freePort(host))
                    .redirectErrorStream(true)
                    .redirectOutput(log.toFile());
            command.environment().put("JAVA_HOME", System.getProperty("java.home"));
            command.environment().put("JAVA_OPTS_KC_HEAP", "-Xms64m -Xmx512m");
            // For minutes of life, code that is compiled soon is better than code that is compiled well.
            command.environment().put("JAVA_OPTS_APPEND", "-XX:TieredStopAtLevel=1");
            command.environment().put("KC_BOOTSTRAP_ADMIN_USERNAME", ADMIN);
            command.environment().put("KC_BOOTSTRAP_ADMIN_PASSWORD", ADMIN_PASSWORD);
            var server = new KeycloakServer(host, port, log, command.start());
            Runtime.getRuntime().addShutdownHook(new Thread(server::close));
            return server;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Waits until people can sign in. */
    public KeycloakServer awaitStarted() {
        await().atMost(STARTED).pollInterval(Duration.ofMillis(500)).until(this::answers);
        return this;
    }

    public String issuer() {
        return issuer(REALM);
    }

    private String issuer(String realm) {
        return "http://" + host + ":" + port + "/realms/" + realm;
    }

    /** A token that {@code user} got by password for the use of {@code client}. */
    public String token(String client, String user, String password) {
        return token(REALM, client, user, password);
    }

    private String token(String realm, String client, String user, String password) {
        var form = Map.of("grant_type", "password", "client_id", client, "username", user, "password", password);
        var request = HttpRequest.newBuilder(URI.create(issuer(realm) + "/protocol/openid-connect/token"))
                .timeout(ANSWER)
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(BodyPublishers.ofString(form.entrySet().stream()
                        .map(field ->
                                field.getKey() + "=" + URLEncoder.encode(field.getValue(), StandardCharsets.UTF_8))
                        .collect(Collectors.joining("&"))))
                .build();
        return ChatApi.answer(request).path("access_token").asText();
    }

    /** Gives the realm a key of higher priority, which signs from then on. */
    public void addKey() {
        var key = """
                {"name": "next-key", "providerId": "rsa-generated", "providerType": "org.keycloak.keys.KeyProvider",
                 "config": {"priority": ["1000"], "algorithm": ["RS256"]}}
                """;
        ChatApi.answer(HttpRequest.newBuilder(
                        URI.create("http://" + host + ":" + port + "/admin/realms/" + REALM + "/components"))
                .timeout(ANSWER)
                .header("Authorization", "Bearer " + token("master", "admin-cli", ADMIN, ADMIN_PASSWORD))
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString(key))
                .build());
    }

    /** Lets it stand still, with its connections open and unanswered, until the result is closed. */
    public Node.Frozen freeze() {
        return Node.freeze(process.descendants().toList());
    }

    private boolean answers() {
        if (!process.isAlive()) {
            throw new IllegalStateException("Keycloak ended, see " + log);
        }
        try {
            var metadata = HttpRequest.newBuilder(URI.create(issuer() + "/.well-known/openid-configuration"))
                    .build();
            return WholeAnswer.of(HTTP.sendAsync(metadata, BodyHandlers.discarding()), ANSWER)
                            .statusCode()
                    == 200;
        } catch (IOException notYet) {
            return false;
        }
    }

    private static String nodeAddress() {
        return TestChat.client().nodes().list().getItems().getFirst().getStatus().getAddresses().stream()
                .filter(address -> address.getType().equals("InternalIP"))
                .findFirst()
                .orElseThrow()
                .getAddress();
    }

    private static int freePort(String host) throws IOException {
        try (var socket = new ServerSocket(0, 1, InetAddress.getByName(host))) {
            return socket.getLocalPort();
        }
    }

    @Override
    public void close() {
        process.descendants().forEach(ProcessHandle::destroyForcibly);
        process.destroyForcibly().onExit().join();
    }
}
