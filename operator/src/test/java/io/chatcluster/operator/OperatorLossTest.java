package io.chatcluster.operator;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Operators that are lost after every few of their writes, beside one that nobody disturbs. */
class OperatorLossTest {
    private static final String CHANGE = """
            {"spec": {
              "dynamodb": {"deletionPolicy": "Delete"},
              "redis": {"managed": {"shards": 3}},
              "ingress": {"host": "chat.example.com"},
              "limits": {"messagesPerSecond": 7}}}
            """;

    /** The life of an operator, in writes, is 1, 2 or 3. */
    private static final int LONGEST_LIFE = 3;

    private static final int LIVES_MAX = 100;

    @RegisterExtension
    static final Stage STAGE = new Stage();

    @Test
    void shouldFinishWhatLostOperatorsBegan() {
        // When
        STAGE.apply("lossy", "replicas: 2");
        var lives = operatorsLostUntil(() -> isReported("lossy"));

        // Then
        assertThat(lives).isGreaterThan(2);
        STAGE.apply("calm", "replicas: 2");
        undisturbedUntil(() -> isReported("calm"));
        assertThat(children("lossy")).hasSizeGreaterThan(10).isEqualTo(children("calm"));

        // When
        change("lossy");
        lives = operatorsLostUntil(() -> isReported("lossy"));

        // Then
        assertThat(lives).isGreaterThan(2);
        change("calm");
        undisturbedUntil(() -> isReported("calm"));
        assertThat(children("lossy"))
                .contains("StatefulSet demo-redis-2", "Ingress demo-chat")
                .isEqualTo(children("calm"));

        // When
        STAGE.cluster("lossy").delete();
        operatorsLostUntil(() -> STAGE.cluster("lossy").get() == null);

        // Then
        assertThat(STAGE.tables())
                .noneMatch(table -> table.startsWith("lossy-"))
                .anyMatch(table -> table.startsWith("calm-"));
    }

    /** Starts one operator after the other until it is done; returns how many it took. */
    private static int operatorsLostUntil(BooleanSupplier done) {
        var lives = 0;
        while (!done.getAsBoolean()) {
            assertThat(lives).as("lives of operators that do not get there").isLessThan(LIVES_MAX);
            var left = new AtomicInteger(1 + lives % LONGEST_LIFE);
            var lost = new AtomicBoolean();
            var tap = new Wiretap();
            tap.beforeWrites(write -> {
                if (left.decrementAndGet() == 0) {
                    tap.cut();
                    lost.set(true);
                }
            });
            try (var operator = operator("life-" + lives, tap)) {
                RunningOperator.await(
                        "this operator to be lost or done",
                        () -> assertThat(lost.get() || done.getAsBoolean()).isTrue());
            }
            lives++;
        }
        return lives;
    }

    private static void undisturbedUntil(BooleanSupplier done) {
        try (var operator = operator("undisturbed", new Wiretap())) {
            RunningOperator.await(
                    "the operator to be done",
                    () -> assertThat(done.getAsBoolean()).isTrue());
        }
    }

    private static RunningOperator operator(String instance, Wiretap tap) {
        return new RunningOperator(STAGE.server().connect(tap), instance);
    }

    private static void change(String namespace) {
        STAGE.patch(namespace, CHANGE);
    }

    /** Whether the status speaks of the spec as it is now: the last thing that an operator writes. */
    private static boolean isReported(String namespace) {
        var cluster = STAGE.cluster(namespace).require();
        var status = cluster.getStatus();
        return status != null
                && status.conditions() != null
                && Objects.equals(
                        status.observedGeneration(), cluster.getMetadata().getGeneration())
                && status.conditions().stream()
                        .anyMatch(condition -> condition.getType().equals("StorageReady")
                                && condition.getStatus().equals("True"));
    }

    /** Kinds and names; a settings' revision is one of its namespace. */
    private static Set<String> children(String namespace) {
        var names = new TreeSet<String>();
        objects(STAGE.client(), namespace)
                .filter(child -> !child.getMetadata().getOwnerReferences().isEmpty())
                .forEach(child -> names.add(child.getKind() + " "
                        + child.getMetadata().getName().replaceFirst("-chat-[0-9a-f]{16}$", "-chat-revision")));
        return names;
    }

    private static Stream<? extends HasMetadata> objects(KubernetesClient client, String namespace) {
        return Stream.of(
                        client.configMaps().inNamespace(namespace).list().getItems(),
                        client.secrets().inNamespace(namespace).list().getItems(),
                        client.services().inNamespace(namespace).list().getItems(),
                        client.serviceAccounts().inNamespace(namespace).list().getItems(),
                        client.apps()
                                .deployments()
                                .inNamespace(namespace)
                                .list()
                                .getItems(),
                        client.apps()
                                .statefulSets()
                                .inNamespace(namespace)
                                .list()
                                .getItems(),
                        client.policy()
                                .v1()
                                .podDisruptionBudget()
                                .inNamespace(namespace)
                                .list()
                                .getItems(),
                        client.network()
                                .v1()
                                .networkPolicies()
                                .inNamespace(namespace)
                                .list()
                                .getItems(),
                        client.network()
                                .v1()
                                .ingresses()
                                .inNamespace(namespace)
                                .list()
                                .getItems())
                .flatMap(items -> items.stream());
    }
}
