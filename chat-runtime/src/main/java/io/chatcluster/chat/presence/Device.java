package io.chatcluster.chat.presence;

/** One connection of a user, for as long as it lasts. Its methods never block. */
public interface Device extends AutoCloseable {

    /** The user has just done something with it. */
    void active();

    /** The connection is gone. Idempotent. */
    @Override
    void close();
}
