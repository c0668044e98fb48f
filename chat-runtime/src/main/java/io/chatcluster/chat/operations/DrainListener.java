package io.chatcluster.chat.operations;

import java.time.Duration;

/** A bean that has connections to hand over when the pod goes away. */
public interface DrainListener {

    /**
     * Tells every connection to reconnect elsewhere and waits until they are gone or the time is up. The pod is not
     * ready any more when this is called.
     */
    void drain(Duration timeout);
}
