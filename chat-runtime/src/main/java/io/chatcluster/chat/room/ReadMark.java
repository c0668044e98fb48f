package io.chatcluster.chat.room;

/** What came of moving a read marker. */
public enum ReadMark {
    MOVED,
    /** It was there already, or further. */
    THERE_ALREADY,
    NOT_A_MEMBER
}
