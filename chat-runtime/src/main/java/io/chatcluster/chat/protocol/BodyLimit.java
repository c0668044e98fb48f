package io.chatcluster.chat.protocol;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.quarkus.runtime.configuration.MemorySize;
import io.quarkus.vertx.http.runtime.filters.Filters;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.http.HttpVersion;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import java.time.Duration;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** Refuses a body that is announced as too large, with the problem document that Quarkus' own refusal lacks. */
@ApplicationScoped
class BodyLimit {
    /** After the headers by which a page of another origin may read the refusal. */
    private static final int PRIORITY = 280;

    private static final Duration LINGER = Duration.ofSeconds(2);
    private static final long NO_ERROR = 0;

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
        HttpServerResponse response = context.response()
                .setStatusCode(problem.status())
                .putHeader(HttpHeaders.CONTENT_TYPE, Problem.MEDIA_TYPE);
        boolean ownStream = context.request().version() == HttpVersion.HTTP_2;
        if (!ownStream) {
            response.putHeader(HttpHeaders.CONNECTION, "close");
        }
        var unused = response.end(Buffer.buffer(bytes(problem))).onComplete(sent -> {
            if (ownStream) {
                // RFC 9113, 8.1: the answer is complete, and the rest of the request is not wanted.
                response.reset(NO_ERROR);
            } else {
                lingerAndClose(context);
            }
        });
    }

    /** What is on its way would meet a closed socket, whose reset takes the answer from a client that has not read it yet. */
    private static void lingerAndClose(RoutingContext context) {
        HttpServerRequest request = context.request();
        long late = context.vertx()
                .setTimer(LINGER.toMillis(), timer -> request.connection().close());
        request.end().onComplete(ended -> {
            context.vertx().cancelTimer(late);
            request.connection().close();
        });
        request.resume();
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
