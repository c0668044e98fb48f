package io.chatcluster.chat.services;

import java.io.IOException;
import java.io.UncheckedIOException;
import org.jspecify.annotations.Nullable;

/** POSIX signals that {@link Process} has no method for. */
final class Signals {

    private Signals() {}

    /** @param name without the leading SIG */
    static void send(String name, @Nullable Process process) {
        if (process == null) {
            throw new IllegalStateException("not started");
        }
        try {
            new ProcessBuilder("/bin/sh", "-c", "kill -" + name + " " + process.pid())
                    .start()
                    .waitFor();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
