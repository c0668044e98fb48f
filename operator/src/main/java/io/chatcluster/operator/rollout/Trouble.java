package io.chatcluster.operator.rollout;

/**
 * What keeps a new chat pod from coming up.
 *
 * @param message says which pod and what is wrong
 */
public record Trouble(String message, Kind kind) {

    /** How sure it is that the pod will not come up. */
    public enum Kind {
        /** It may yet. */
        PASSING,
        /** It had the time that the spec allows and did not, for a reason that may lie outside of it. */
        OVERDUE,
        /** It cannot, for a reason of its own. */
        CERTAIN
    }
}
