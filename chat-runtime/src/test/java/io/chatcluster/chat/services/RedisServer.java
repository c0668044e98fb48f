package io.chatcluster.chat.services;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** A redis-server process of our own, on the same port each time it is started. */
public final class RedisServer implements AutoCloseable {

    private final int port = FreePort.find();
    private final Path directory = ServiceFolder.make("redis");
    private final Path output = directory.resolve("redis.log");
    private final String host;
    private final List<String> arguments;
    private @Nullable Process process;

    public RedisServer() {
        this("127.0.0.1", List.of("--port"));
    }

    private RedisServer(String host, List<String> arguments) {
        this.host = host;
        this.arguments = arguments;
    }

    /** One that knows only the users of a file of its own kind, and one named test who may do anything, by that password. */
    public static RedisServer withUsers(Path users) {
        return new RedisServer(
                "127.0.0.1",
                Stream.of("--include " + users, "--user test on >test allkeys allchannels +@all", "--port")
                        .flatMap(option -> Stream.of(option.split(" ", -1)))
                        .toList());
    }

    /** One that speaks TLS only, as localhost. */
    public static RedisServer withTls(Path certificate, Path key) {
        return new RedisServer(
                "localhost",
                List.of(
                        "--port",
                        "0",
                        "--loglevel",
                        "verbose",
                        "--tls-auth-clients",
                        "no",
                        "--tls-cert-file",
                        certificate.toString(),
                        "--tls-key-file",
                        key.toString(),
                        "--tls-port"));
    }

    public String address() {
        return host + ":" + port;
    }

    /** What redis-cli prints when the user test gives this command, a line each. */
    public List<String> command(String... words) {
        try {
            Process client = new ProcessBuilder(Stream.concat(
                                    Stream.of(
                                            "redis-cli",
                                            "-p",
                                            Integer.toString(port),
                                            "--user",
                                            "test",
                                            "--pass",
                                            "test",
                                            "--no-auth-warning"),
                                    Stream.of(words))
                            .toList())
                    .redirectErrorStream(true)
                    .start();
            return client.inputReader().lines().toList();
        } catch (IOException e) {
            throw new UncheckedIOException("redis-cli is not on the PATH: install the package redis-tools", e);
        }
    }

    public RedisServer start() {
        try {
            Process started = new ProcessBuilder(Stream.of(
                                    Stream.of("redis-server"),
                                    arguments.stream(),
                                    Stream.of(Integer.toString(port), "--bind", "127.0.0.1", "--save", ""),
                                    Stream.of("--appendonly", "no", "--dir", directory.toString()))
                            .flatMap(words -> words)
                            .toList())
                    .redirectErrorStream(true)
                    .redirectOutput(output.toFile())
                    .start();
            process = started;
            Runtime.getRuntime().addShutdownHook(new Thread(started::destroyForcibly));
        } catch (IOException e) {
            throw new UncheckedIOException("redis-server is not on the PATH: install the package redis-server", e);
        }
        Patience.await().atMost(Duration.ofSeconds(10)).until(this::answers);
        return this;
    }

    /** What it wrote since it was last started. */
    public String log() {
        try {
            return Files.exists(output) ? Files.readString(output) : "";
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private boolean answers() {
        try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress("127.0.0.1", port), 500);
            socket.setSoTimeout(500);
            if (host.equals("localhost")) {
                return true;
            }
            socket.getOutputStream().write("PING\r\n".getBytes(StandardCharsets.US_ASCII));
            // A server that knows who is who says -NOAUTH.
            return List.of((int) '+', (int) '-')
                    .contains(socket.getInputStream().read());
        } catch (IOException e) {
            return false;
        }
    }

    /** SIGKILL. */
    public void kill() {
        Signals.send("KILL", process);
        Process running = process;
        if (running != null) {
            try {
                running.waitFor(5, TimeUnit.SECONDS);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
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
