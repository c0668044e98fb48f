package io.chatcluster.operator.status;

import io.chatcluster.crds.v1alpha1.ConditionReason;

/** What a condition says. */
record Verdict(Truth status, ConditionReason reason, String message) {

    enum Truth {
        TRUE("True"),
        FALSE("False"),
        UNKNOWN("Unknown");

        private final String value;

        Truth(String value) {
            this.value = value;
        }

        String value() {
            return value;
        }
    }

    static Verdict yes(ConditionReason reason, String message) {
        return new Verdict(Truth.TRUE, reason, message);
    }

    static Verdict no(ConditionReason reason, String message) {
        return new Verdict(Truth.FALSE, reason, message);
    }

    static Verdict no(Problem problem) {
        return no(problem.reason(), problem.message());
    }

    static Verdict unknown(String message) {
        return new Verdict(Truth.UNKNOWN, ConditionReason.UNKNOWN, message);
    }

    boolean isTrue() {
        return status == Truth.TRUE;
    }
}
