package io.chatcluster.chat.message;

import io.chatcluster.chat.protocol.ChatException;
import io.chatcluster.chat.room.RoomId;
import java.util.Map;

/**
 * The states of changed messages, beside the log and derived from it. All methods block, and throw a
 * {@link ChatException} with {@code unavailable} when the store does not answer; reads see every earlier write.
 */
interface ChangeStore {

    /** Up to which sequence the room's changes are in the states; 0 when none are. */
    long foldedTo(RoomId room);

    /** Says that all changes up to {@code seq} are in the states; a lower one changes nothing. */
    void advance(RoomId room, long seq);

    /** The states of the changed messages among {@code first..last}, by their sequence. */
    Map<Long, MessageState> states(RoomId room, long first, long last);

    /** False, and nothing is changed, when the store has a state of the message that is as new or newer. */
    boolean put(RoomId room, MessageState state);
}
