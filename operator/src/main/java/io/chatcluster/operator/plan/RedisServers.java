package io.chatcluster.operator.plan;

import io.fabric8.kubernetes.api.model.ResourceRequirements;
import io.fabric8.kubernetes.api.model.TopologySpreadConstraint;
import java.util.List;

/**
 * The Redis servers that the operator runs.
 *
 * @param running how many: besides those that there are to be, those that chat pods may still use
 */
public record RedisServers(
        String image, ResourceRequirements resources, List<TopologySpreadConstraint> spread, int running) {}
