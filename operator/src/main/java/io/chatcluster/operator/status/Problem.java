package io.chatcluster.operator.status;

import io.chatcluster.crds.v1alpha1.ConditionReason;

/**
 * Something that is not as planned.
 *
 * @param passing whether it goes away by itself, such as a table that is being made
 * @param message what is wrong and what to do about it
 */
public record Problem(ConditionReason reason, boolean passing, String message) {
    public static Problem lasting(ConditionReason reason, String message) {
        return new Problem(reason, false, message);
    }

    public static Problem passing(ConditionReason reason, String message) {
        return new Problem(reason, true, message);
    }
}
