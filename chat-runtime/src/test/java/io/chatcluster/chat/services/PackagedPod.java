package io.chatcluster.chat.services;

import io.restassured.RestAssured;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.awaitility.core.ConditionTimeoutException;

/** A chat pod as it is packaged, in a process of its own. */
public final class PackagedPod implements AutoCloseable {
    private static final Duration START_TIMEOUT = Duration.ofMinutes(2);

    private final int port = FreePort.find();
    private final int managementPort = FreePort.find();
    private final File log;
    private final Process process;

    /** Starts it and waits until it is ready. */
    public PackagedPod(Map<String, String> settings) {
        // It does not live long enough for the second compiler to pay.
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx256m",
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC"));
        settings.forEach((key, value) -> command.add("-D" + key + "=" + value));
        command.add("-Dquarkus.http.host=127.0.0.1");
        command.add("-Dquarkus.http.port=" + port);
        command.add("-Dquarkus.management.host=127.0.0.1");
        command.add("-Dquarkus.management.port=" + managementPort);
        command.add("-jar");
        command.add(System.getProperty("packaged-pod.jar", "target/quarkus-app/quarkus-run.jar"));
        try {
            log = ServiceFolder.make("pod").resolve("pod.log").toFile();
            process = new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectOutput(log)
                    .start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Runtime.getRuntime().addShutdownHook(new Thread(process::destroyForcibly));
        try {
            Patience.await().atMost(START_TIMEOUT).until(() -> !process.isAlive() || readiness() == 200);
        } catch (ConditionTimeoutException e) {
            throw new IllegalStateException("the pod is not ready:\n" + output(), e);
        }
        if (!process.isAlive()) {
            throw new IllegalStateException("the pod ended:\n" + output());
        }
    }

    public URI base() {
        return URI.create("http://127.0.0.1:" + port);
    }

    /** What its readiness probe answers; 0 for no answer. */
    public int readiness() {
        try {
            return RestAssured.given()
                    .baseUri("http://127.0.0.1")
                    .port(managementPort)
                    .get("/q/health/ready")
                    .statusCode();
        } catch (Exception noAnswer) {
            // RestAssured throws what the socket does, undeclared.
            return 0;
        }
    }

    /** SIGTERM. */
    public void terminate() {
        Signals.send("TERM", process);
    }

    public boolean isAlive() {
        return process.isAlive();
    }

    /** Waits for the end of the process; returns its exit code. */
    public int awaitExit(Duration atMost) throws InterruptedException {
        if (!process.waitFor(atMost.toMillis(), TimeUnit.MILLISECONDS)) {
            throw new AssertionError("the pod is still there:\n" + output());
        }
        return process.exitValue();
    }

    /** All it has logged. */
    public String output() {
        try {
            return Files.readString(log.toPath());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }
}
