package io.chatcluster.chat.media;

import java.net.URI;
import java.time.Instant;
import java.util.Map;

/**
 * An address that lets whoever holds it make one request.
 *
 * @param headers to be sent with the request, exactly
 */
public record SignedUrl(URI url, Map<String, String> headers, Instant expiresAt) {

    public SignedUrl {
        headers = Map.copyOf(headers);
    }
}
