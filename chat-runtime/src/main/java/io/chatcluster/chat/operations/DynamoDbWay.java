package io.chatcluster.chat.operations;

import io.vertx.core.net.SocketAddress;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.auth.credentials.AwsCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;

/**
 * The address of DynamoDB and the credentials that are shown there: whoever may wait finds them, and who may not goes by what has
 * just been found.
 */
final class DynamoDbWay {

    /** Then credentials are looked at again. */
    static final Duration FRESH = Duration.ofSeconds(10);

    /** DynamoDB's name means another of its addresses every few seconds, each of which would have connections of its own. */
    static final Duration ADDRESS_KEPT = Duration.ofMinutes(5);

    /** Tells the address that a name means now. */
    @FunctionalInterface
    interface Names {
        InetAddress address(String name) throws UnknownHostException;
    }

    /** What a request needs that may have to be waited for, and since when that is known. */
    record Found(SocketAddress server, AwsCredentials credentials, long resolvedAt, long foundAt) {}

    private final String name;
    private final int port;
    private final AwsCredentialsProvider credentials;
    private final Names names;
    private final LongSupplier nanoTime;
    /** None where nobody answered: another address may. */
    private final AtomicReference<@Nullable Found> found = new AtomicReference<>();

    DynamoDbWay(String name, int port, AwsCredentialsProvider credentials, Names names, LongSupplier nanoTime) {
        this.name = name;
        this.port = port;
        this.credentials = credentials;
        this.names = names;
        this.nanoTime = nanoTime;
    }

    /** As it was found a moment ago; null when it has to be looked at again. Never blocks. */
    @Nullable
    Found known() {
        Found known = found.get();
        return known != null && nanoTime.getAsLong() - known.foundAt < FRESH.toNanos() ? known : null;
    }

    /**
     * As it is now. Blocks.
     *
     * @throws RuntimeException when there are no credentials, or the name means no address
     */
    Found find() {
        Found known = found.get();
        long now = nanoTime.getAsLong();
        AwsCredentials valid = credentials.resolveCredentials();
        // While it answers, connections are made to the same address: others would have to be made anew.
        Found fresh = known != null && now - known.resolvedAt < ADDRESS_KEPT.toNanos()
                ? new Found(known.server, valid, known.resolvedAt, now)
                : new Found(resolve(), valid, now, now);
        // Not where an attempt has failed meanwhile.
        found.compareAndSet(known, fresh);
        return fresh;
    }

    private SocketAddress resolve() {
        try {
            // By its number: by a name, what is connected already would be taken for the new address as well.
            return SocketAddress.inetSocketAddress(port, names.address(name).getHostAddress());
        } catch (UnknownHostException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** What was answered there says that it may not be right any more: it is to be looked at again. */
    void doubt(Found doubtful) {
        found.compareAndSet(
                doubtful,
                new Found(
                        doubtful.server,
                        doubtful.credentials,
                        doubtful.resolvedAt,
                        doubtful.foundAt - FRESH.toNanos()));
    }

    /** It leads nowhere. */
    void lose() {
        found.set(null);
    }
}
