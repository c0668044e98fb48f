package io.chatcluster.chat.delivery;

import io.chatcluster.chat.operations.ChatConfig;
import io.vertx.core.net.NetClientOptions;
import io.vertx.core.net.PemTrustOptions;
import io.vertx.redis.client.RedisOptions;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** How connections to a Redis node are made. */
final class RedisConnections {

    private static final int CONNECT_TIMEOUT_MILLIS = 2_000;
    /** Publishes that wait for the node's answer on a connection. */
    private static final int WAITING_MAX = 16_384;

    private RedisConnections() {}

    /** @throws UncheckedIOException naming the key, when a file with credentials cannot be read */
    static RedisOptions options(ChatConfig.Redis config, String address) {
        RedisOptions options = new RedisOptions()
                .setConnectionString((config.tls() ? "rediss://" : "redis://") + credentials(config) + address)
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
            config.caFile()
                    .ifPresent(file -> options.getNetClientOptions()
                            .setTrustOptions(new PemTrustOptions().addCertPath(file.toString())));
        }
        return options;
    }

    /** The client takes a user's name from the address only. */
    private static String credentials(ChatConfig.Redis config) {
        String username =
                config.usernameFile().map(file -> read("username-file", file)).orElse("");
        return config.passwordFile()
                .map(file -> encoded(username) + ':' + encoded(read("password-file", file)) + '@')
                .orElse("");
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }

    private static String read(String key, Path file) {
        try {
            return Files.readString(file).strip();
        } catch (IOException e) {
            throw new UncheckedIOException("chat.redis." + key + ": cannot read " + file, e);
        }
    }
}
