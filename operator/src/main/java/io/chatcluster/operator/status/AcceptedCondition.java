package io.chatcluster.operator.status;

import io.chatcluster.crds.v1alpha1.ConditionReason;
import io.chatcluster.operator.plan.Planning;

/** Whether the spec can be carried out. */
final class AcceptedCondition {
    private AcceptedCondition() {}

    static Verdict assess(Planning planning) {
        return switch (planning) {
            case Planning.Planned planned -> Verdict.yes(ConditionReason.VALID, "The spec can be carried out.");
            case Planning.Refused refused ->
                Verdict.no(
                        ConditionReason.INVALID,
                        String.join(" ", refused.problems()) + " Nothing is changed until then.");
        };
    }
}
