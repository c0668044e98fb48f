package io.chatcluster.chat.auth;

import io.chatcluster.chat.protocol.ChatException;
import java.util.List;
import org.jose4j.keys.resolvers.VerificationKeyResolver;

/** The public keys that tokens are checked with, kept current while the pod runs. */
public interface SigningKeys {

    /**
     * Finds the key of one token; may block while keys are fetched.
     *
     * @throws ChatException {@code unavailable} when no keys could ever be obtained
     */
    VerificationKeyResolver resolver();

    /**
     * Obtains the keys if none were yet. May block.
     *
     * @throws ChatException {@code unavailable}, saying why for the pod's own log
     */
    void load();

    /**
     * Ids of the keys that a mounted file has, as it is now; none of an issuer's, who tells nobody when they change.
     * May block for as long as a small file takes to read.
     */
    default List<String> ids() {
        return List.of();
    }

    /** Where they come from, for people. */
    String source();
}
