package io.chatcluster.chat.delivery;

/** What listens to a channel and looks now and then for what the channel did not bring. */
interface Checked {

    String channel();

    NextLook look();

    /** Looks soon; one look at a time is enough. Never blocks. */
    void check();
}
