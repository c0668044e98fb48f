package io.chatcluster.chat.session;

import io.chatcluster.chat.delivery.RoomNotice;

/** What a session's thread does with what comes in. May block. */
interface SessionWork {

    /** Handles one JSON object from the client; failures become error replies. */
    void frame(Session session, String object);

    /** Handles a change of the user's rooms. */
    void notice(Session session, RoomNotice notice) throws InterruptedException;
}
