package io.chatcluster.chat.delivery;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** Channels on which a node did not take what was published: who hears them has to look, and is told so once the node is back. */
final class RedisMissed {

    /** What is published in their place. */
    static final String LOOK = "~look";

    /** Beyond it, who hears a channel finds out by looking from time to time. */
    private static final int CHANNELS_MAX = 10_000;

    private final Set<String> channels = new LinkedHashSet<>();

    synchronized void add(String channel) {
        if (channels.size() < CHANNELS_MAX) {
            channels.add(channel);
        }
    }

    /** All of them, which are then forgotten. */
    synchronized List<String> take() {
        List<String> taken = List.copyOf(channels);
        channels.clear();
        return taken;
    }
}
