package io.chatcluster.chat.session;

import io.chatcluster.chat.protocol.CloseCode;
import java.util.concurrent.CompletionStage;

/** The socket under a session. Its methods never block. */
interface Wire {

    /** Writes one text frame; completes when the socket has taken it, so that the next one waits for a slow reader. */
    CompletionStage<Void> write(String text);

    /** Sends a close frame after what was written; does nothing when the socket is closed already. */
    void close(CloseCode code);
}
