package io.chatcluster.operator;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.coordination.v1.Lease;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Two operators at once, on a real API server. */
class LeadershipTest {
    private static final String LEASES = "/apis/coordination.k8s.io/v1/namespaces/default/leases";
    private static final String OWN_RIGHTS = "POST /apis/authorization.k8s.io/v1/selfsubjectrulesreviews";

    @RegisterExtension
    static final Stage STAGE = new Stage();

    private final Wiretap tapOfFirst = new Wiretap();
    private final Wiretap tapOfSecond = new Wiretap();
    private @Nullable RunningOperator first;
    private @Nullable RunningOperator second;
    private final AtomicInteger ends = new AtomicInteger();

    @AfterEach
    void stopOperators() {
        if (first != null) {
            first.close();
        }
        if (second != null) {
            second.close();
        }
        STAGE.client()
                .resources(Lease.class)
                .inNamespace("default")
                .withName(Leadership.LEASE)
                .delete();
    }

    private RunningOperator operator(String instance, Wiretap tap) {
        var config = new RunningOperator.Config(instance);
        return new RunningOperator(
                STAGE.server().connect(tap),
                config,
                configuration -> configuration.withLeaderElectionConfiguration(
                        new Leadership(config, new SimpleMeterRegistry(), ends::incrementAndGet).election(config)));
    }

    private static @Nullable String leader() {
        var lease = STAGE.client()
                .resources(Lease.class)
                .inNamespace("default")
                .withName(Leadership.LEASE)
                .get();
        return lease == null ? null : lease.getSpec().getHolderIdentity();
    }

    private void startBoth() {
        first = operator("first", tapOfFirst);
        RunningOperator.await("the first to lead", () -> assertThat(leader()).isEqualTo("first"));
        second = operator("second", tapOfSecond);
    }

    private static void assertMade(String namespace) {
        RunningOperator.await(
                "the objects in " + namespace,
                () -> assertThat(STAGE.client()
                                .apps()
                                .deployments()
                                .inNamespace(namespace)
                                .withName("demo-chat")
                                .get())
                        .isNotNull());
    }

    private static boolean isOfElection(String write) {
        return write.contains(LEASES) || write.equals(OWN_RIGHTS);
    }

    @Test
    void shouldLetOnlyTheLeaderWriteAndTheOtherTakeOverWhenItEnds() {
        // Given
        startBoth();
        STAGE.apply("led", "replicas: 2");
        assertMade("led");

        // When
        var writesWhileFirstLed = tapOfSecond.writes();
        Objects.requireNonNull(first).close();
        first = null;
        RunningOperator.await("the second to lead", () -> assertThat(leader()).isEqualTo("second"));
        STAGE.apply("taken-over", "replicas: 2");

        // Then
        assertMade("taken-over");
        assertThat(writesWhileFirstLed).isNotEmpty().allMatch(LeadershipTest::isOfElection);
        assertThat(tapOfSecond.writes()).anyMatch(write -> write.contains("/namespaces/taken-over/"));
        assertThat(tapOfFirst.writes()).noneMatch(write -> write.contains("/namespaces/taken-over/"));
    }

    @Test
    void shouldTakeOverFromALeaderThatIsLost() {
        // Given
        startBoth();
        STAGE.apply("before-loss", "replicas: 2");
        assertMade("before-loss");

        // When
        tapOfFirst.cut();
        STAGE.apply("after-loss", "replicas: 2");

        // Then
        RunningOperator.await("the second to lead", () -> assertThat(leader()).isEqualTo("second"));
        assertMade("after-loss");
        assertThat(tapOfSecond.writes()).anyMatch(write -> write.contains("/namespaces/after-loss/"));
        RunningOperator.await("the first to end", () -> assertThat(ends).hasValue(1));
    }
}
