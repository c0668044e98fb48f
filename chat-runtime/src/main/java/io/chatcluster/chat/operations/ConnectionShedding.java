package io.chatcluster.chat.operations;

import java.util.Optional;
import java.util.OptionalDouble;

/** The bean that can hand live connections over to other pods. */
@FunctionalInterface
public interface ConnectionShedding {

    /**
     * What was begun.
     *
     * @param connections how many are asked to reconnect
     * @param perSecond how many a second
     */
    record Shed(int connections, double perSecond) {}

    /**
     * Begins to ask a share of the live connections to reconnect. Does not wait for them.
     *
     * @param share above 0, at most 1
     * @param perSecond how many a second; empty for at most one percent of the live ones
     * @return empty while an earlier call is still at work
     */
    Optional<Shed> shed(double share, OptionalDouble perSecond);
}
