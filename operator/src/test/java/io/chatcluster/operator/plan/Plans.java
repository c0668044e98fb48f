package io.chatcluster.operator.plan;

import io.chatcluster.crds.v1alpha1.ChatCluster;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import java.time.Instant;

/** Plans of the ChatCluster {@code shop/demo}, from its spec in YAML. */
public final class Plans {
    public static final Installation INSTALLATION =
            new Installation("registry.test/runtime:1.2.3", "registry.test/redis:7", "1.2.3", "operators");

    public static final Instant NOW = Instant.parse("2026-11-24T12:00:00Z");

    private static final KubernetesSerialization YAML = new KubernetesSerialization();

    private Plans() {}

    public static ClusterPlan of(String spec) {
        return of(plan(cluster(spec), SecretContents.NONE));
    }

    /** The plan where the spec can be carried out. */
    public static ClusterPlan of(Planning planning) {
        return switch (planning) {
            case Planning.Planned planned -> planned.plan();
            case Planning.Refused refused -> throw new AssertionError("refused: " + refused.problems());
        };
    }

    /** What the planner says where there is nothing yet but these Secrets. */
    public static Planning plan(ChatCluster cluster, SecretContents contents) {
        return planner().plan(cluster, Circumstances.of(contents, NOW));
    }

    public static ClusterPlanner planner() {
        return planner(INSTALLATION);
    }

    public static ClusterPlanner planner(Installation installation) {
        return new ClusterPlanner(installation, new SeededRandom());
    }

    public static ChatCluster cluster(String spec) {
        return YAML.unmarshal(
                "apiVersion: chatcluster.io/v1alpha1\nkind: ChatCluster\nmetadata: {name: demo, namespace: shop}\nspec:\n"
                        + spec.strip().indent(2),
                ChatCluster.class);
    }
}
