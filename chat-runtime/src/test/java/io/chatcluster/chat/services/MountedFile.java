package io.chatcluster.chat.services;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/** A file that is replaced as Kubernetes replaces what a pod has mounted: at once, never half. */
public final class MountedFile {

    private final Path path;

    public MountedFile(Path directory, String name, String content) {
        path = directory.resolve(name);
        replace(content);
    }

    public Path path() {
        return path;
    }

    public void replace(String content) {
        try {
            Path fresh = Files.createTempFile(path.getParent(), "fresh", "");
            Files.writeString(fresh, content);
            Files.move(fresh, path, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public String toString() {
        return path.toString();
    }
}
