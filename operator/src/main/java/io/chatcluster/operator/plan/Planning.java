package io.chatcluster.operator.plan;

import java.util.List;

/** Outcome of planning. */
public sealed interface Planning {

    /** The spec can be carried out. */
    record Planned(ClusterPlan plan) implements Planning {}

    /**
     * The spec cannot be carried out.
     *
     * @param problems each names a field, what is wrong with it and what it must be
     */
    record Refused(List<String> problems) implements Planning {}
}
