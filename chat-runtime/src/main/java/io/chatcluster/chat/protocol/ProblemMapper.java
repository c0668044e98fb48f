package io.chatcluster.chat.protocol;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.databind.exc.MismatchedInputException;
import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import java.util.Locale;
import org.jboss.logging.Logger;
import org.jboss.resteasy.reactive.server.ServerExceptionMapper;

/** Answers every failed HTTP request with a problem document. */
public class ProblemMapper {
    private static final Logger LOG = Logger.getLogger(ProblemMapper.class);

    @ServerExceptionMapper
    Response chat(ChatException failure) {
        Problem problem = Problem.of(failure);
        Response.ResponseBuilder response =
                Response.status(problem.status()).entity(problem).type(Problem.MEDIA_TYPE);
        if (failure.code() == ErrorCode.UNAUTHENTICATED) {
            response.header(HttpHeaders.WWW_AUTHENTICATE, "Bearer");
        }
        if (problem.retryAfterMs() != null) {
            response.header(HttpHeaders.RETRY_AFTER, Math.ceilDiv(problem.retryAfterMs(), 1000L));
        }
        return response.build();
    }

    /** What the HTTP layer itself refuses, such as an unknown path, method or media type, keeps its status. */
    @ServerExceptionMapper
    Response http(WebApplicationException refused) {
        if (refused.getCause() instanceof JacksonException malformed) {
            return json(malformed);
        }
        Response.StatusType status = refused.getResponse().getStatusInfo();
        String title = status.getReasonPhrase().toLowerCase(Locale.ROOT);
        ErrorCode code = code(status.getStatusCode());
        return Response.fromResponse(refused.getResponse())
                .entity(new Problem(
                        "about:blank", title, status.getStatusCode(), title, code.wireName(), code.retryable(), null))
                .type(Problem.MEDIA_TYPE)
                .build();
    }

    /** Names the exception that Quarkus maps itself too, so that this mapping goes first. */
    @ServerExceptionMapper
    Response mismatched(MismatchedInputException malformed) {
        return json(malformed);
    }

    @ServerExceptionMapper
    Response json(JacksonException malformed) {
        return chat(new ChatException(ErrorCode.INVALID, JsonProblem.ofBody(malformed)));
    }

    @ServerExceptionMapper
    Response other(RuntimeException fault) {
        LOG.error("A request failed", fault);
        return chat(new ChatException(ErrorCode.INTERNAL, "the service has a fault"));
    }

    private static ErrorCode code(int status) {
        for (ErrorCode code : ErrorCode.values()) {
            if (code.httpStatus() == status) {
                return code;
            }
        }
        return status < 500 ? ErrorCode.INVALID : ErrorCode.INTERNAL;
    }
}
