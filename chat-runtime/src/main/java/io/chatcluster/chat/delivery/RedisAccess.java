package io.chatcluster.chat.delivery;

import io.chatcluster.chat.operations.ChatConfig;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * What lets a pod in at the servers, as the mounted files say at one moment.
 *
 * @param logins newest first, never empty: while a password is being changed, a server may not know the newest yet
 * @param authorities certificates in PEM, of which one signed the servers' own; empty means the system's
 */
record RedisAccess(List<RedisLogin> logins, String authorities) {

    RedisAccess {
        logins = List.copyOf(logins);
    }

    RedisLogin newest() {
        return logins.getFirst();
    }

    /**
     * Reads the files. Blocks.
     *
     * @throws UncheckedIOException naming the key, when one cannot be read
     */
    static RedisAccess read(ChatConfig.Redis config) {
        return new RedisAccess(logins(config), read("ca-file", config.caFile()).orElse(""));
    }

    private static List<RedisLogin> logins(ChatConfig.Redis config) {
        List<RedisLogin> listed = read("credentials-file", config.credentialsFile()).stream()
                .flatMap(String::lines)
                .map(line -> line.strip().split(" +", 2))
                .filter(parts -> parts.length == 2)
                .map(parts -> new RedisLogin(parts[0], parts[1]))
                .toList();
        if (!listed.isEmpty()) {
            return listed;
        }
        return read("password-file", config.passwordFile())
                .map(password -> new RedisLogin(
                        read("username-file", config.usernameFile()).orElse(""), password))
                .map(List::of)
                .orElse(List.of(RedisLogin.NONE));
    }

    private static Optional<String> read(String key, Optional<Path> file) {
        return file.map(path -> {
            try {
                return Files.readString(path).strip();
            } catch (IOException e) {
                throw new UncheckedIOException("chat.redis." + key + ": cannot read " + path, e);
            }
        });
    }

    @Override
    public String toString() {
        return logins.toString();
    }
}
