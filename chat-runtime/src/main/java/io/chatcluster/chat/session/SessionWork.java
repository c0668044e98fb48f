package io.chatcluster.chat.session;

import io.chatcluster.chat.delivery.RoomNotice;

/** What a session does with what comes in. */
interface SessionWork {

    /** Handles the JSON objects of a text frame, one per line; failures become error replies. May block. */
    void frame(Session session, String text);

    /** Handles it as {@link #frame} where that blocks nowhere; otherwise does nothing and returns false. Never blocks. */
    boolean frameAtOnce(Session session, String text);

    /** Handles a change of the user's rooms. May block. */
    void notice(Session session, RoomNotice notice) throws InterruptedException;
}
