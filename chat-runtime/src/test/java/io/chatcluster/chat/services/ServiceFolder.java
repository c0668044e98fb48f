package io.chatcluster.chat.services;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Where the processes that tests start keep their files and logs: in the build folder, for a look after a failure, and gone with it. */
final class ServiceFolder {

    private static final Path ALL = Path.of("target", "services").toAbsolutePath();

    private ServiceFolder() {}

    /** A new one of that kind. */
    static Path make(String kind) {
        try {
            return Files.createTempDirectory(Files.createDirectories(ALL), kind + "-");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
