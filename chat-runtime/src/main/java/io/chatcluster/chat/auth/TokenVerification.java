package io.chatcluster.chat.auth;

import io.chatcluster.chat.operations.ChatConfig;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Produces;
import java.time.Clock;
import java.util.List;
import org.jose4j.jws.AlgorithmIdentifiers;

/** Makes the verifier that the configuration asks for: keys from a mounted file, or those of an OpenID Connect issuer. */
public class TokenVerification {

    /** What the operator's own keys sign with. */
    private static final List<String> GENERATED_ALGORITHMS =
            List.of(AlgorithmIdentifiers.ECDSA_USING_P256_CURVE_AND_SHA256);

    @Produces
    @ApplicationScoped
    SigningKeys keys(ChatConfig config) {
        ChatConfig.Auth auth = config.auth();
        return auth.jwksFile()
                .<SigningKeys>map(JwksFile::new)
                .orElseGet(() -> new IssuerKeys(auth.issuer(), auth.jwksUri()));
    }

    @Produces
    @ApplicationScoped
    TokenVerifier verifier(SigningKeys keys, ChatConfig config) {
        ChatConfig.Auth auth = config.auth();
        TokenExpectations expected = auth.jwksFile().isPresent()
                ? new TokenExpectations(auth.issuer(), auth.audience(), TokenExpectations.SUBJECT, GENERATED_ALGORITHMS)
                : new TokenExpectations(auth.issuer(), auth.audience(), auth.userClaim(), auth.algorithms());
        return new JwtVerifier(keys, expected, Clock.systemUTC());
    }
}
