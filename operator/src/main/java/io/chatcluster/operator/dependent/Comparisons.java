package io.chatcluster.operator.dependent;

import io.chatcluster.operator.plan.Hash;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.javaoperatorsdk.operator.processing.dependent.Matcher.Result;
import io.javaoperatorsdk.operator.processing.event.ResourceID;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;

/**
 * Which objects were as wanted when they were last compared. Comparing is most of what an operator of many ChatClusters does, and
 * it finds the same as long as neither the object nor what is wanted has changed.
 */
public final class Comparisons {
    private final Map<ResourceID, Visit> visits = new ConcurrentHashMap<>();

    /** An object as the API server has it, and a digest of what was wanted of it. */
    private record Match(String resourceVersion, String wanted) {}

    /** Those of one ChatCluster in one visit, which keeps nothing of objects that it does not meet. */
    public static final class Visit {
        private final Map<String, Match> before;
        private final Map<String, Match> now = new ConcurrentHashMap<>();

        private Visit(Map<String, Match> before) {
            this.before = before;
        }

        <R extends HasMetadata> Result<R> match(R actual, R desired, Supplier<Result<R>> comparison) {
            var uid = actual.getMetadata().getUid();
            var match = new Match(actual.getMetadata().getResourceVersion(), Hash.of(desired.toString()));
            var result = match.equals(before.remove(uid)) ? Result.computed(true, desired) : comparison.get();
            if (result.matched()) {
                now.put(uid, match);
            }
            return result;
        }
    }

    public Visit begin(ResourceID cluster) {
        return visits.compute(cluster, (_, last) -> new Visit(last == null ? new ConcurrentHashMap<>() : last.now));
    }

    public void forget(ResourceID cluster) {
        visits.remove(cluster);
    }
}
