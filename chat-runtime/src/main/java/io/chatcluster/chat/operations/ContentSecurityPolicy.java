package io.chatcluster.chat.operations;

import java.net.URI;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/** What the page may load and talk to: its own files and service, and the addresses its configuration names. */
final class ContentSecurityPolicy {

    private ContentSecurityPolicy() {}

    /**
     * The header's value.
     *
     * @param identity where the page signs users in and gets tokens
     * @param media where it uploads and shows attachments
     */
    static String of(Collection<URI> identity, Collection<URI> media) {
        Set<String> store = origins(media.stream());
        Set<String> reachable = origins(Stream.concat(identity.stream(), media.stream()));
        return String.join(
                "; ",
                "default-src 'none'",
                "script-src 'self'",
                "style-src 'self'",
                directive("img-src", List.of("'self'", "blob:", "data:"), store),
                directive("media-src", List.of("'self'", "blob:", "data:"), store),
                directive("connect-src", List.of("'self'"), reachable),
                "manifest-src 'self'",
                "worker-src 'self'",
                "base-uri 'none'",
                "form-action 'none'",
                "frame-ancestors 'none'");
    }

    private static String directive(String name, List<String> always, Set<String> origins) {
        return name + ' ' + String.join(" ", always) + (origins.isEmpty() ? "" : ' ' + String.join(" ", origins));
    }

    /** A relative address is of the service's own origin. */
    private static Set<String> origins(Stream<URI> addresses) {
        Set<String> origins = new LinkedHashSet<>();
        addresses
                .filter(address -> address.getHost() != null)
                .map(address -> address.getScheme() + "://" + address.getRawAuthority())
                .forEach(origins::add);
        return origins;
    }
}
