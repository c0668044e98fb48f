package io.chatcluster.chat.presence;

import io.chatcluster.chat.room.UserId;
import java.util.Collection;
import java.util.Map;

/**
 * What every pod says of its users. What a pod said is forgotten some time after it said so: a pod that is gone says
 * nothing. Everything may be lost at any time; pods say it again with their next heartbeat.
 */
public interface PresenceStore {

    /** Says what this pod's devices of the users do, in place of what it said before. Best effort; blocks. */
    void report(Map<UserId, Sighting> sightings);

    /**
     * What all pods together say of the users: the best state, and the latest time. Blocks.
     *
     * @return without the users of whom it cannot be found out now
     */
    Map<UserId, Sighting> read(Collection<UserId> users);
}
