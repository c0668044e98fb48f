package io.chatcluster.operator.status;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** How far a ChatCluster is that is being deleted. */
public sealed interface Deletion {
    /**
     * Nothing is left that is to go with it.
     *
     * @param leftBehind what stays although the policy is to delete it, and why, for people
     */
    record Finished(List<String> leftBehind) implements Deletion {}

    /** Something is left, which the status names. */
    sealed interface Unfinished extends Deletion {}

    /** @param left names of the tables and the bucket that still exist */
    record Going(List<String> left) implements Unfinished {}

    /**
     * It cannot go on for now.
     *
     * @param why for people, with what to do about it
     * @param cause what to try again after, null where only an admin can help
     */
    record Blocked(String why, @Nullable RuntimeException cause) implements Unfinished {}
}
