package io.chatcluster.chat.services;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The program versitygw, an S3 server: the one on the PATH, or the one the cluster tests have compiled, or compiled now
 * into the same cache.
 */
final class VersityGateway {

    private static final String NAME = "versitygw";
    private static final String MODULE = "github.com/versity/versitygw/cmd/versitygw@v1.8.0";

    private VersityGateway() {}

    static Path program() {
        return onPath().or(VersityGateway::cached).orElseGet(VersityGateway::compiled);
    }

    private static Optional<Path> onPath() {
        return Stream.of(System.getenv("PATH").split(":", -1))
                .map(folder -> Path.of(folder, NAME))
                .filter(Files::isExecutable)
                .findFirst();
    }

    private static Optional<Path> cached() {
        if (!Files.isDirectory(cache())) {
            return Optional.empty();
        }
        try (Stream<Path> builds = Files.list(cache())) {
            return builds.map(build -> build.resolve("bin").resolve(NAME))
                    .filter(Files::isExecutable)
                    .findFirst();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Path compiled() {
        Path folder = cache().resolve("tests").resolve("bin");
        try {
            Path log = Files.createTempFile("go-install", ".log");
            Files.createDirectories(folder);
            ProcessBuilder install = new ProcessBuilder("go", "install", "-trimpath", "-ldflags", "-s -w", MODULE)
                    .redirectErrorStream(true)
                    .redirectOutput(log.toFile());
            install.environment().put("GOBIN", folder.toString());
            install.environment().put("CGO_ENABLED", "0");
            if (install.start().waitFor() != 0) {
                throw new IllegalStateException("cannot compile " + MODULE + ", see " + log);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(
                    "the S3 server for tests is not on the PATH: install " + NAME + ", or Go 1.26 to compile it", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
        return folder.resolve(NAME);
    }

    private static Path cache() {
        String configured = System.getenv("XDG_CACHE_HOME");
        Path caches = configured == null ? Path.of(System.getProperty("user.home"), ".cache") : Path.of(configured);
        return caches.resolve("chatcluster");
    }
}
