package io.chatcluster.chat.auth;

import io.chatcluster.chat.protocol.ChatException;
import io.chatcluster.chat.protocol.ErrorCode;
import jakarta.annotation.Priority;
import jakarta.inject.Inject;
import jakarta.ws.rs.Priorities;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerRequestFilter;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.ext.Provider;

/** Lets no request reach a resource without a valid {@code Authorization: Bearer} token (RFC 6750, 2.1). */
@Provider
@Priority(Priorities.AUTHENTICATION)
public class BearerAuthentication implements ContainerRequestFilter {
    private static final String SCHEME = "Bearer ";

    private final TokenVerifier tokens;
    private final CurrentCaller caller;

    @Inject
    public BearerAuthentication(TokenVerifier tokens, CurrentCaller caller) {
        this.tokens = tokens;
        this.caller = caller;
    }

    @Override
    public void filter(ContainerRequestContext request) {
        String header = request.getHeaderString(HttpHeaders.AUTHORIZATION);
        if (header == null || !header.regionMatches(true, 0, SCHEME, 0, SCHEME.length())) {
            throw new ChatException(ErrorCode.UNAUTHENTICATED, "send the token as Authorization: Bearer");
        }
        caller.set(tokens.verify(header.substring(SCHEME.length()).strip()));
    }
}
