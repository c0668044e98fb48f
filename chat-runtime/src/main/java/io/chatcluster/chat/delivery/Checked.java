package io.chatcluster.chat.delivery;

/** What listens to a channel and looks now and then for what the channel did not bring. */
interface Checked {

    String channel();

    /**
     * Whether the last look is longer ago than between one and two times the period, or something was missed, and no look is
     * expected.
     */
    boolean checkDue(long now, long periodNanos);

    /** Looks soon; one look at a time is enough. Never blocks. */
    void check();
}
