package io.chatcluster.chat.auth;

import io.chatcluster.chat.operations.ChatConfig;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;

/** The origins (RFC 6454), besides the service's own, whose pages may use it. */
@ApplicationScoped
public class AllowedOrigins {
    private static final String ANY = "*";

    private final Set<String> origins;

    @Inject
    public AllowedOrigins(ChatConfig config) {
        this.origins = config.allowedOrigins().stream()
                .flatMap(List::stream)
                .map(origin -> origin.toLowerCase(Locale.ROOT))
                .collect(Collectors.toUnmodifiableSet());
    }

    /** Whether every origin is allowed. */
    public boolean any() {
        return origins.contains(ANY);
    }

    /** The allowed ones, in lower case; meaningless when {@link #any}. */
    public Set<String> list() {
        return origins;
    }

    /** Whether it is listed; the service's own origin need not be. */
    public boolean allow(String origin) {
        return any() || origins.contains(origin.toLowerCase(Locale.ROOT));
    }
}
