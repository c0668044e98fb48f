package io.chatcluster.chat.auth;

import io.chatcluster.chat.protocol.ChatException;
import io.chatcluster.chat.protocol.ErrorCode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import org.jboss.logging.Logger;
import org.jose4j.jwk.JsonWebKey;
import org.jose4j.jwk.JsonWebKeySet;
import org.jose4j.keys.resolvers.JwksVerificationKeyResolver;
import org.jose4j.keys.resolvers.VerificationKeyResolver;
import org.jose4j.lang.JoseException;
import org.jspecify.annotations.Nullable;

/**
 * The keys of a mounted JWKS file. Looks at the file's time at most once per {@link #RECHECK}, since Kubernetes replaces a
 * mounted Secret while the pod runs; a replacement that cannot be read leaves the former keys in use.
 */
final class JwksFile implements SigningKeys {
    private static final Logger LOG = Logger.getLogger(JwksFile.class);
    private static final Duration RECHECK = Duration.ofSeconds(1);

    private final Path file;
    private volatile @Nullable Loaded loaded;

    JwksFile(Path file) {
        this.file = file;
    }

    @Override
    public VerificationKeyResolver resolver() {
        return current().resolver;
    }

    /** Empty until the file could be read. */
    @Override
    public List<String> ids() {
        try {
            return current().ids;
        } catch (ChatException unreadable) {
            return List.of();
        }
    }

    private Loaded current() {
        Loaded current = loaded;
        return current == null || System.nanoTime() - current.checkedAt >= RECHECK.toNanos() ? refresh() : current;
    }

    @Override
    public void load() {
        var unused = resolver();
    }

    @Override
    public String source() {
        return file.toString();
    }

    private synchronized Loaded refresh() {
        Loaded current = loaded;
        try {
            FileTime modified = Files.getLastModifiedTime(file);
            if (current == null || !current.modified.equals(modified)) {
                JsonWebKeySet keys = new JsonWebKeySet(Files.readString(file));
                current = new Loaded(
                        new JwksVerificationKeyResolver(keys.getJsonWebKeys()), ids(keys), modified, System.nanoTime());
                LOG.infof("Read %d keys from %s", keys.getJsonWebKeys().size(), file);
            }
        } catch (IOException | JoseException unreadable) {
            LOG.errorf("The keys that tokens are signed with (chat.auth.jwks-file) cannot be read: %s", unreadable);
            if (current == null) {
                throw new ChatException(ErrorCode.UNAVAILABLE, "tokens cannot be verified for now");
            }
        }
        current = new Loaded(current.resolver, current.ids, current.modified, System.nanoTime());
        loaded = current;
        return current;
    }

    private static List<String> ids(JsonWebKeySet keys) {
        return keys.getJsonWebKeys().stream()
                .map(JsonWebKey::getKeyId)
                .filter(Objects::nonNull)
                .toList();
    }

    private record Loaded(VerificationKeyResolver resolver, List<String> ids, FileTime modified, long checkedAt) {}
}
