package io.chatcluster.chat.protocol;

import com.fasterxml.jackson.annotation.JsonInclude;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/**
 * A failed HTTP request, as RFC 9457 has it, with the same code as on the WebSocket.
 *
 * @param type a URI that names the kind of problem
 * @param title the same for every problem of this type
 * @param detail what is wrong with this request
 * @param retryAfterMs when to try again, where known
 */
@Schema(name = "Problem", description = "A failed request, as RFC 9457 has it")
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Problem(
        String type,
        String title,
        int status,
        String detail,
        String code,
        boolean retryable,
        @Nullable Long retryAfterMs) {

    /** The media type of problems. */
    public static final String MEDIA_TYPE = "application/problem+json";

    private static final String TYPE_PREFIX = "https://chatcluster.io/problems/";

    static Problem of(ChatException failure) {
        ErrorCode code = failure.code();
        return new Problem(
                TYPE_PREFIX + code.wireName(),
                code.wireName().replace('_', ' '),
                code.httpStatus(),
                failure.detail(),
                code.wireName(),
                code.retryable(),
                failure.retryAfter() == null ? null : failure.retryAfter().toMillis());
    }
}
