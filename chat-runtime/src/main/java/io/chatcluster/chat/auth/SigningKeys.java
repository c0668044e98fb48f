package io.chatcluster.chat.auth;

import io.chatcluster.chat.protocol.ChatException;
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

    /** Where they come from, for people. */
    String source();
}
