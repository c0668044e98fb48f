package io.chatcluster.chat.delivery;

import io.chatcluster.chat.operations.ChatConfig;
import io.vertx.core.net.NetClientOptions;
import io.vertx.redis.client.RedisOptions;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** How connections to a Redis node are made. */
final class RedisConnections {

    private static final int CONNECT_TIMEOUT_MILLIS = 2_000;
    /** Publishes that wait for the node's answer on a connection. */
    private static final int WAITING_MAX = 16_384;

    private RedisConnections() {}

    /** @throws UncheckedIOException naming the password file, when that cannot be read */
    static RedisOptions options(ChatConfig.Redis config, String address) {
        RedisOptions options = new RedisOptions()
                .setConnectionString((config.tls() ? "rediss://" : "redis://") + address)
                .setMaxPoolSize(2)
                .setMaxPoolWaiting(2)
                .setPoolRecycleTimeout(-1)
                .setPoolCleanerInterval(-1)
                .setMaxWaitingHandlers(WAITING_MAX)
                .setNetClientOptions(new NetClientOptions()
                        .setConnectTimeout(CONNECT_TIMEOUT_MILLIS)
                        .setTcpNoDelay(true)
                        .setTcpKeepAlive(true));
        if (config.tls()) {
            options.getNetClientOptions().setSsl(true).setHostnameVerificationAlgorithm("HTTPS");
        }
        config.passwordFile().ifPresent(file -> options.setPassword(password(file)));
        return options;
    }

    private static String password(Path file) {
        try {
            return Files.readString(file).strip();
        } catch (IOException e) {
            throw new UncheckedIOException("chat.redis.password-file: cannot read " + file, e);
        }
    }
}
