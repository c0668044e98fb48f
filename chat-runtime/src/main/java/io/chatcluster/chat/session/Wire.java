package io.chatcluster.chat.session;

import io.chatcluster.chat.protocol.CloseCode;
import org.jspecify.annotations.Nullable;

/** The socket under a session. Its methods never block. */
interface Wire {

    /** What is to be written. */
    interface Source {

        /**
         * The text of the frame, asked for once for each write, on the socket's event loop: as late as can be, so that what
         * came meanwhile goes with it. The same String instance, written to many sockets, is encoded once.
         */
        String take();

        /** The socket has taken the frame, or failed to: called once for each write, on any thread. */
        void written(@Nullable Throwable failure);
    }

    /**
     * Writes one text frame of the source soon and says so when the socket has taken it, so that the next one waits for a slow
     * reader. No other write begins before that.
     */
    void write(Source source);

    /** Sends a ping, which the client's own WebSocket answers; also between writes. */
    void ping();

    /**
     * Sends a close frame after what was written, and closes the socket of a client that does not take it soon; does nothing when
     * the socket is closed already.
     */
    void close(CloseCode code);
}
