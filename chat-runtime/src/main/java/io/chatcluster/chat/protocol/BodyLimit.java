package io.chatcluster.chat.protocol;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.quarkus.runtime.configuration.MemorySize;
import io.quarkus.vertx.http.runtime.filters.Filters;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** Refuses a body that is announced as too large, with the problem document that Quarkus' own refusal lacks. */
@ApplicationScoped
class BodyLimit {
    /** After the headers by which a page of another origin may read the refusal. */
    private static final int PRIORITY = 280;

    private final long bytesMax;
    private final ObjectMapper json;

    @Inject
    BodyLimit(@ConfigProperty(name = "quarkus.http.limits.max-body-size") MemorySize bytesMax, ObjectMapper json) {
        this.bytesMax = bytesMax.asLongValue();
        this.json = json;
    }

    void register(@Observes Filters filters) {
        filters.register(this::refuseTooLarge, PRIORITY);
    }

    private void refuseTooLarge(RoutingContext context) {
        if (announced(context.request()) <= bytesMax) {
            context.next();
            return;
        }
        Problem problem =
                Problem.of(new ChatException(ErrorCode.TOO_LARGE, "a body has at most " + bytesMax + " bytes"));
        HttpConnection connection = context.request().connection();
        // What is sent nevertheless would be taken for the next request.
        var unused = context.response()
                .setStatusCode(problem.status())
                .putHeader(HttpHeaders.CONTENT_TYPE, Problem.MEDIA_TYPE)
                .putHeader(HttpHeaders.CONNECTION, "close")
                .end(Buffer.buffer(bytes(problem)))
                .onComplete(sent -> connection.close());
    }

    /** 0 where nothing is announced, or something that is no number: the HTTP layer refuses that, and counts what comes. */
    private static long announced(HttpServerRequest request) {
        String length = request.getHeader(HttpHeaders.CONTENT_LENGTH);
        try {
            return length == null ? 0 : Long.parseLong(length);
        } catch (NumberFormatException e) {
            return 0;
        }
    }

    private byte[] bytes(Problem problem) {
        try {
            return json.writeValueAsBytes(problem);
        } catch (JsonProcessingException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
