package io.chatcluster.chat.session;

import io.chatcluster.chat.protocol.CloseCode;
import org.jspecify.annotations.Nullable;

/** The socket under a session. Its methods never block. */
interface Wire {

    /** Hears how a write ended. */
    interface Written {

        /** The socket has taken the frame, or failed to: called once for each write, on any thread. */
        void written(@Nullable Throwable failure);
    }

    /**
     * Writes one text frame and says so when the socket has taken it, so that the next one waits for a slow reader. No other
     * write begins before that. The same String instance, written to many sockets, is encoded once.
     */
    void write(String text, Written written);

    /** Sends a close frame after what was written; does nothing when the socket is closed already. */
    void close(CloseCode code);
}
