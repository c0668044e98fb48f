package io.chatcluster.chat.auth;

import java.util.List;

/**
 * What a token must be like to be accepted.
 *
 * @param issuer its {@code iss}
 * @param audience among its {@code aud}
 * @param userClaim the claim that holds the user's id
 * @param algorithms the only signature algorithms, by their JWA names (RFC 7518, 3.1)
 */
record TokenExpectations(String issuer, String audience, String userClaim, List<String> algorithms) {
    static final String SUBJECT = "sub";

    TokenExpectations {
        algorithms = List.copyOf(algorithms);
    }
}
