package io.chatcluster.chat.services;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.stream.Stream;
import org.awaitility.Awaitility;

/** A Keycloak process of our own with one realm, in memory. */
public final class KeycloakServer implements AutoCloseable {
    public static final String ADMIN = "admin";
    public static final String ADMIN_PASSWORD = "only-for-this-test";

    private static final HttpClient HTTP = HttpClient.newHttpClient();

    private final int port = FreePort.find();
    private final Path home;
    private final Path log;
    private final Process process;

    /** @param realm the realm's name; its export is the resource {@code <name>-realm.json} */
    public KeycloakServer(String realm) {
        try {
            home = copyOf(Path.of(System.getProperty("keycloak.home")));
            try (var json = KeycloakServer.class.getResourceAsStream("/" + realm + "-realm.json")) {
                Path imports = Files.createDirectories(home.resolve("data/import"));
                Files.write(imports.resolve(realm + "-realm.json"), json.readAllBytes());
            }
            log = home.resolve("keycloak.log");
            ProcessBuilder builder = new ProcessBuilder(
                            "/bin/sh",
                            home.resolve("bin/kc.sh").toString(),
                            "start-dev",
                            "--import-realm",
                            "--db=dev-mem",
                            "--cache=local",
                            "--http-host=127.0.0.1",
                            "--http-port=" + port,
                            "--http-management-port=" + FreePort.find())
                    .redirectErrorStream(true)
                    .redirectOutput(log.toFile());
            builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
            builder.environment().put("JAVA_OPTS_KC_HEAP", "-Xms64m -Xmx512m");
            builder.environment().put("KC_BOOTSTRAP_ADMIN_USERNAME", ADMIN);
            builder.environment().put("KC_BOOTSTRAP_ADMIN_PASSWORD", ADMIN_PASSWORD);
            process = builder.start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Runtime.getRuntime().addShutdownHook(new Thread(this::close));
        Awaitility.await()
                .atMost(Duration.ofMinutes(5))
                .pollInterval(Duration.ofMillis(500))
                .until(() -> answers(issuer(realm) + "/.well-known/openid-configuration"));
    }

    public String address() {
        return "http://127.0.0.1:" + port;
    }

    public String issuer(String realm) {
        return address() + "/realms/" + realm;
    }

    private boolean answers(String address) {
        if (!process.isAlive()) {
            throw new IllegalStateException("Keycloak ended: " + logged());
        }
        try {
            return HTTP.send(
                                    HttpRequest.newBuilder(URI.create(address))
                                            .timeout(Duration.ofSeconds(10))
                                            .build(),
                                    HttpResponse.BodyHandlers.discarding())
                            .statusCode()
                    == 200;
        } catch (IOException notYet) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private String logged() {
        try {
            return Files.readString(log);
        } catch (IOException e) {
            return e.toString();
        }
    }

    /** Its first start writes into its own folder; links would lead those writes back to the original. */
    private static Path copyOf(Path home) throws IOException {
        Path copy = Files.createTempDirectory(home.getParent(), "run");
        try (Stream<Path> files = Files.walk(home)) {
            for (Path file : (Iterable<Path>) files::iterator) {
                Path target = copy.resolve(home.relativize(file).toString());
                if (Files.isDirectory(file)) {
                    Files.createDirectories(target);
                } else {
                    Files.copy(file, target);
                }
            }
        }
        return copy;
    }

    @Override
    public synchronized void close() {
        if (!Files.exists(home)) {
            return;
        }
        process.descendants().forEach(ProcessHandle::destroyForcibly);
        process.destroyForcibly().onExit().join();
        try (Stream<Path> files = Files.walk(home)) {
            files.sorted(Comparator.reverseOrder())
                    .forEach(file -> file.toFile().delete());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
