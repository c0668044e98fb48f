package io.chatcluster.chat.delivery;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.net.NetClientOptions;
import io.vertx.core.net.PemTrustOptions;
import io.vertx.redis.client.RedisOptions;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;

/** How connections to a Redis node are made. */
final class RedisConnections {

    private static final int CONNECT_TIMEOUT_MILLIS = 2_000;
    /** Publishes that wait for the node's answer on a connection. */
    private static final int WAITING_MAX = 16_384;

    private RedisConnections() {}

    static RedisOptions options(boolean tls, String address, RedisLogin login, String authorities) {
        RedisOptions options = new RedisOptions()
                .setConnectionString((tls ? "rediss://" : "redis://") + credentials(login) + address)
                .setMaxPoolSize(2)
                .setMaxPoolWaiting(2)
                .setPoolRecycleTimeout(-1)
                .setPoolCleanerInterval(-1)
                .setMaxWaitingHandlers(WAITING_MAX)
                .setNetClientOptions(new NetClientOptions()
                        .setConnectTimeout(CONNECT_TIMEOUT_MILLIS)
                        .setTcpNoDelay(true)
                        .setTcpKeepAlive(true));
        if (tls) {
            options.getNetClientOptions().setSsl(true).setHostnameVerificationAlgorithm("HTTPS");
            if (!authorities.isEmpty()) {
                options.getNetClientOptions()
                        .setTrustOptions(new PemTrustOptions().addCertValue(Buffer.buffer(authorities)));
            }
        }
        return options;
    }

    /** The client takes a user's name from the address only. */
    private static String credentials(RedisLogin login) {
        return login.equals(RedisLogin.NONE) ? "" : encoded(login.user()) + ':' + encoded(login.password()) + '@';
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }
}
