package io.chatcluster.operator;

import static org.assertj.core.api.Assertions.assertThat;

import io.chatcluster.crds.v1alpha1.ChatCluster;
import io.chatcluster.operator.metadata.Annotations;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import java.time.Duration;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * A change by somebody else that comes just before one of the operator's own writes arrives. The Operator SDK of this version may
 * take such a change for an echo of the write and drop it (its issue 3455), which the periodic visit would hide:
 * here there is none.
 */
class SpecRaceTest {
    private static final String RESOURCE = "PATCH /apis/chatcluster.io/v1alpha1/namespaces/race/chatclusters/demo";
    private static final int RACES = 8;

    @RegisterExtension
    static final Stage STAGE = new Stage();

    @Test
    void shouldCarryOutASpecThatChangesBeforeEachOfItsOwnWrites() {
        // Given
        var tap = new Wiretap();
        var races = new AtomicInteger();
        tap.beforeWrites(write -> {
            if (write.startsWith(RESOURCE) && races.get() < RACES) {
                change(races.incrementAndGet());
            }
        });

        try (var operator = new RunningOperator(
                STAGE.server().connect(tap),
                new RunningOperator.Config("racer"),
                configuration -> {},
                controller -> controller.withReconciliationMaxInterval(Duration.ofHours(1)))) {
            // When
            STAGE.apply("race", "replicas: 2");

            // Then
            RunningOperator.await("the last change to be carried out", () -> {
                assertThat(races).hasValue(RACES);
                assertThat(settings()).contains("chat.limits.messages-per-second=" + (100 + RACES));
            });
            assertThat(operator.visits("race")).isPositive();
            assertThat(Set.copyOf(tap.writes()))
                    .as("writes of finalizer and status that were raced")
                    .contains(RESOURCE, RESOURCE + "/status");
        }
    }

    private static void change(int race) {
        STAGE.client()
                .resources(ChatCluster.class)
                .inNamespace("race")
                .withName("demo")
                .patch(
                        PatchContext.of(PatchType.JSON_MERGE),
                        "{\"spec\": {\"limits\": {\"messagesPerSecond\": %d}}}".formatted(100 + race));
    }

    /** What the chat pods are told. */
    private static String settings() {
        var deployment = STAGE.client()
                .apps()
                .deployments()
                .inNamespace("race")
                .withName("demo-chat")
                .require();
        var kept = STAGE.client()
                .configMaps()
                .inNamespace("race")
                .withName(
                        "demo-chat-" + deployment.getMetadata().getAnnotations().get(Annotations.REVISION))
                .require();
        return Objects.requireNonNull(kept.getData().get("application.properties"));
    }
}
