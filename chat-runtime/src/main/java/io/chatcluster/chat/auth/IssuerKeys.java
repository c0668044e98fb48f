package io.chatcluster.chat.auth;

import io.chatcluster.chat.protocol.ChatException;
import io.chatcluster.chat.protocol.ErrorCode;
import java.io.IOException;
import java.net.URI;
import java.security.Key;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.jboss.logging.Logger;
import org.jose4j.http.Get;
import org.jose4j.http.SimpleResponse;
import org.jose4j.jwk.HttpsJwks;
import org.jose4j.jwk.JsonWebKeySet;
import org.jose4j.jws.JsonWebSignature;
import org.jose4j.jwx.JsonWebStructure;
import org.jose4j.keys.resolvers.HttpsJwksVerificationKeyResolver;
import org.jose4j.keys.resolvers.VerificationKeyResolver;
import org.jose4j.lang.JoseException;
import org.jose4j.lang.UnresolvableKeyException;
import org.jspecify.annotations.Nullable;

/**
 * The keys of an OpenID Connect issuer, found by discovery (OpenID Connect Discovery 1.0, 4). They are fetched when they are
 * first needed, again when a token names a key that is not among them, and when their time is over; at most once per
 * {@link #REFRESH_INTERVAL}, whatever clients send. While the issuer is away the former keys stay in use.
 */
final class IssuerKeys implements SigningKeys {
    private static final Logger LOG = Logger.getLogger(IssuerKeys.class);
    private static final Duration REFRESH_INTERVAL = Duration.ofSeconds(2);
    /** Where the answer does not say how long the keys may be kept. */
    private static final Duration KEPT = Duration.ofMinutes(10);

    private static final Duration RETRY_AFTER_FAILURE = Duration.ofSeconds(10);
    private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(2);
    private static final Duration READ_TIMEOUT = Duration.ofSeconds(3);
    private static final int BODY_BYTES_MAX = 512 * 1024;

    private final String issuer;
    private final Optional<URI> configuredLocation;
    private final Get http = new Get();
    private final HttpsJwks cache;
    private final VerificationKeyResolver keys;

    // HttpsJwks fetches under a lock of its own, so these have one writer at a time.
    private volatile @Nullable String location;
    private volatile @Nullable Failure failure;
    private volatile long fetchedAt = System.nanoTime() - REFRESH_INTERVAL.toNanos();

    /** @param location the JWK set's address; empty to find it by discovery at the issuer */
    IssuerKeys(String issuer, Optional<URI> location) {
        this.issuer = issuer;
        this.configuredLocation = location;
        http.setConnectTimeout((int) CONNECT_TIMEOUT.toMillis());
        http.setReadTimeout((int) READ_TIMEOUT.toMillis());
        http.setResponseBodySizeLimit(BODY_BYTES_MAX);
        http.setRetries(0);
        cache = new HttpsJwks(issuer);
        cache.setSimpleHttpGet(ignored -> fetch());
        cache.setDefaultCacheDuration(KEPT.toSeconds());
        cache.setRetainCacheOnErrorDuration(RETRY_AFTER_FAILURE.toSeconds());
        cache.setRefreshReprieveThreshold(REFRESH_INTERVAL.toMillis());
        keys = new HttpsJwksVerificationKeyResolver(cache);
    }

    @Override
    public VerificationKeyResolver resolver() {
        return this::resolve;
    }

    @Override
    public void load() {
        try {
            var unused = cache.getJsonWebKeys();
        } catch (IOException | JoseException problem) {
            throw new ChatException(
                    ErrorCode.UNAVAILABLE, String.valueOf(problem.getMessage()), REFRESH_INTERVAL, problem);
        }
    }

    @Override
    public String source() {
        return configuredLocation.map(URI::toString).orElse(issuer);
    }

    /** A key that is unknown is refused only when the issuer was asked after the token came. */
    private Key resolve(JsonWebSignature token, List<JsonWebStructure> nesting) throws UnresolvableKeyException {
        long startedAt = System.nanoTime();
        try {
            return keys.resolveKey(token, nesting);
        } catch (UnresolvableKeyException unknown) {
            if (fetchedAt - startedAt > 0) {
                throw unknown;
            }
            throw new ChatException(
                    ErrorCode.UNAVAILABLE,
                    "the token's key is not known, and its issuer cannot be asked for now",
                    REFRESH_INTERVAL,
                    unknown);
        }
    }

    private SimpleResponse fetch() throws IOException {
        Failure last = failure;
        if (last != null && System.nanoTime() - last.at < REFRESH_INTERVAL.toNanos()) {
            throw new IOException(last.message);
        }
        try {
            String from = location();
            SimpleResponse response = http.get(from);
            int count = new JsonWebKeySet(response.getBody()).getJsonWebKeys().size();
            if (last != null || location == null) {
                LOG.infof("Read %d keys from %s", count, from);
            }
            location = from;
            failure = null;
            fetchedAt = System.nanoTime();
            return response;
        } catch (IOException | JoseException | RuntimeException problem) {
            // The issuer may have moved its keys.
            location = null;
            String message = "the keys of chat.auth.issuer " + issuer + " cannot be read: " + problem.getMessage();
            if (last == null) {
                LOG.warn(message);
            }
            failure = new Failure(message, System.nanoTime());
            throw new IOException(message, problem);
        }
    }

    private String location() throws IOException, JoseException {
        String known = location;
        if (known != null) {
            return known;
        }
        if (configuredLocation.isPresent()) {
            return configuredLocation.get().toString();
        }
        return IssuerMetadata.read(http, issuer)
                .jwksUri()
                .orElseThrow(() -> new IOException("its metadata has no jwks_uri"));
    }

    private record Failure(String message, long at) {}
}
