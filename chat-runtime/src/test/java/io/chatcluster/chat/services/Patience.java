package io.chatcluster.chat.services;

import java.time.Duration;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionFactory;

/** How long tests wait for what comes of itself: a busy machine takes its time for what a pod does first. */
public final class Patience {
    private static final Duration ENOUGH = Duration.ofSeconds(60);

    private Patience() {}

    public static ConditionFactory await() {
        return Awaitility.await().atMost(ENOUGH);
    }

    public static ConditionFactory await(String what) {
        return Awaitility.await(what).atMost(ENOUGH);
    }
}
