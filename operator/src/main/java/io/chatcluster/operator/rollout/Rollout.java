package io.chatcluster.operator.rollout;

import org.jspecify.annotations.Nullable;

/** What becomes of the chat pods at this visit. */
public sealed interface Rollout {

    /** What the pods are to be made from. */
    Revision revision();

    /** Whether that is what the spec wants. */
    default boolean planned() {
        return switch (this) {
            case Pursue pursue -> true;
            case StandStill standStill -> true;
            case Hold hold -> false;
            case GiveUp giveUp -> false;
            case StayBack stayBack -> false;
        };
    }

    /**
     * Pods are replaced by what the spec wants, or are so already.
     *
     * @param waiting what the first new pod waits for; absent where nothing keeps it
     */
    record Pursue(Revision revision, @Nullable String waiting) implements Rollout {}

    /**
     * Pods stay as they are until there is what others need.
     *
     * @param until says for people when that is
     */
    record Hold(Revision revision, String until) implements Rollout {}

    /** What the spec wants does not come up, and stays as it is: old pods, where there are any, serve. */
    record StandStill(Revision revision, String why) implements Rollout {}

    /** What the spec wants has just been given up: the pods become what they were. */
    record GiveUp(Revision revision, Failure failure) implements Rollout {}

    /** What the spec wants was given up before, and is not tried again until it wants something else. */
    record StayBack(Revision revision, Failure failure) implements Rollout {}
}
