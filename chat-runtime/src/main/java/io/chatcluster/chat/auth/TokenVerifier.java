package io.chatcluster.chat.auth;

import io.chatcluster.chat.protocol.ChatException;

/**
 * Decides whether a token is a user of this cluster. An implementation checks signature, issuer, audience and lifetime with at
 * most {@link #LEEWAY_SECONDS} of clock difference, and never puts a token, or a part of one, in a message or a log.
 */
public interface TokenVerifier {

    /** How far the issuer's clock may be off. */
    int LEEWAY_SECONDS = 60;

    /**
     * May block while keys are fetched: call on a virtual thread.
     *
     * @param token a JWT in its compact form
     * @throws ChatException {@code unauthenticated} saying which claim was refused, {@code unavailable} without keys to check with
     */
    Caller verify(String token);
}
