package io.chatcluster.operator.status;

import io.chatcluster.operator.plan.TakenUp;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** What all chat pods say alike. */
public final class Agreement {
    private Agreement() {}

    /**
     * What they say.
     *
     * @param any whether there are chat pods, be it such as take no traffic
     * @param aside whether some are not asked, and have clients or may soon have
     */
    public static TakenUp of(List<PodState> pods, boolean any, boolean aside) {
        if (!any && !aside) {
            return TakenUp.NOBODY;
        }
        if (aside || pods.isEmpty() || !pods.stream().allMatch(PodState::answering)) {
            return TakenUp.NOTHING;
        }
        var first = pods.getFirst().takenUp();
        Set<String> keys = new HashSet<>(first.signingKeys());
        Set<String> users = new HashSet<>();
        pods.forEach(pod -> {
            keys.retainAll(pod.takenUp().signingKeys());
            users.addAll(pod.takenUp().redisUsers());
        });
        var lists = first.shardLists();
        var alike = lists != null
                && pods.stream().allMatch(pod -> lists.equals(pod.takenUp().shardLists()));
        return new TakenUp(true, Set.copyOf(keys), Set.copyOf(users), alike ? lists : null);
    }
}
