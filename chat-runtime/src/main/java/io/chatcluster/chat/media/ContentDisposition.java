package io.chatcluster.chat.media;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Set;

/** What a browser does with a download: shows it only where showing it cannot run anything. */
final class ContentDisposition {

    private static final Set<String> SHOWN = Set.of(
            "image/avif",
            "image/bmp",
            "image/gif",
            "image/heic",
            "image/heif",
            "image/jpeg",
            "image/png",
            "image/webp",
            "application/pdf");

    private ContentDisposition() {}

    /** The header's value (RFC 6266). */
    static String of(Upload upload) {
        String name = upload.name();
        return (shown(upload.contentType()) ? "inline" : "attachment") + "; filename=\"" + ascii(name)
                + "\"; filename*=UTF-8''" + percentEncoded(name);
    }

    private static boolean shown(String contentType) {
        return SHOWN.contains(contentType) || contentType.startsWith("video/") || contentType.startsWith("audio/");
    }

    /** For clients that do not know the other form. */
    private static String ascii(String name) {
        StringBuilder ascii = new StringBuilder(name.length());
        name.codePoints().forEach(c -> ascii.append(c < ' ' || c > '~' || c == '"' || c == '%' ? '_' : (char) c));
        return ascii.toString();
    }

    private static String percentEncoded(String name) {
        return URLEncoder.encode(name, StandardCharsets.UTF_8)
                .replace("+", "%20")
                .replace("*", "%2A");
    }
}
