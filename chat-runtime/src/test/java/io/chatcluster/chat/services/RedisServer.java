package io.chatcluster.chat.services;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;

/** A redis-server process of our own, on the same port each time it is started. */
public final class RedisServer implements AutoCloseable {

    private final int port = FreePort.find();
    private final Path directory = ServiceFolder.make("redis");
    private @Nullable Process process;

    public String address() {
        return "127.0.0.1:" + port;
    }

    public RedisServer start() {
        try {
            Process started = new ProcessBuilder(
                            "redis-server",
                            "--port",
                            Integer.toString(port),
                            "--bind",
                            "127.0.0.1",
                            "--save",
                            "",
                            "--appendonly",
                            "no",
                            "--dir",
                            directory.toString())
                    .redirectErrorStream(true)
                    .redirectOutput(directory.resolve("redis.log").toFile())
                    .start();
            process = started;
            Runtime.getRuntime().addShutdownHook(new Thread(started::destroyForcibly));
        } catch (IOException e) {
            throw new UncheckedIOException("redis-server is not on the PATH: install the package redis-server", e);
        }
        Awaitility.await().atMost(Duration.ofSeconds(10)).until(this::answers);
        return this;
    }

    private boolean answers() {
        try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress("127.0.0.1", port), 500);
            socket.setSoTimeout(500);
            socket.getOutputStream().write("PING\r\n".getBytes(StandardCharsets.US_ASCII));
            return socket.getInputStream().read() == '+';
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
