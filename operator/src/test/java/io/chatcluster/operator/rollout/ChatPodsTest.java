package io.chatcluster.operator.rollout;

import static io.chatcluster.operator.rollout.Pods.CREATED;
import static io.chatcluster.operator.rollout.Pods.SOON;
import static io.chatcluster.operator.rollout.Pods.pod;
import static org.assertj.core.api.Assertions.assertThat;

import io.chatcluster.operator.metadata.Annotations;
import io.chatcluster.operator.rollout.Trouble.Kind;
import io.fabric8.kubernetes.api.model.ContainerStatusBuilder;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.apps.DeploymentBuilder;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is read off the chat pods and their Deployment. */
class ChatPodsTest {
    private static final Revision OLD = Revisions.of("registry.test/runtime:1");
    private static final Revision NEW = Revisions.of("registry.test/runtime:2");
    private static final Instant LATER = CREATED.plusSeconds(90);

    private static Pod waiting(String name, Revision revision, String reason) {
        var container = new ContainerStatusBuilder()
                .withImage("registry.test/runtime:2")
                .withReady(false)
                .withRestartCount(0)
                .withNewState()
                .withNewWaiting()
                .withReason(reason)
                .endWaiting()
                .endState()
                .build();
        return pod(name, revision, container);
    }

    private static Pod crashing(String name, Revision revision, int restarts, String message) {
        var container = new ContainerStatusBuilder()
                .withReady(false)
                .withRestartCount(restarts)
                .withNewState()
                .withNewWaiting()
                .withReason("CrashLoopBackOff")
                .endWaiting()
                .endState()
                .withNewLastState()
                .withNewTerminated()
                .withExitCode(1)
                .withReason("Error")
                .withMessage(message)
                .endTerminated()
                .endLastState()
                .build();
        return pod(name, revision, container);
    }

    private static Deployment deployment(long generation, long observed, String progressing) {
        return new DeploymentBuilder()
                .withNewMetadata()
                .withGeneration(generation)
                .endMetadata()
                .withNewSpec()
                .withTemplate(NEW.template())
                .endSpec()
                .withNewStatus()
                .withObservedGeneration(observed)
                .addNewCondition()
                .withType("Progressing")
                .withStatus(progressing)
                .withMessage("Deadline exceeded.")
                .endCondition()
                .endStatus()
                .build();
    }

    private static Optional<Trouble> trouble(Instant now, Pod... pods) {
        return new ChatPods(null, List.of(pods), Map.of(), Map.of()).trouble(NEW, now);
    }

    @ParameterizedTest
    @CsvSource({
        "ContainerCreating,          false, false",
        "ImagePullBackOff,           true,  false",
        "ErrImagePull,               true,  false",
        "CreateContainerConfigError, true,  false",
        "InvalidImageName,           true,  true"
    })
    void shouldTellWhatMayPassFromWhatDoesNot(String reason, boolean trouble, boolean certainAtOnce) {
        // Given
        var pod = waiting("a", NEW, reason);

        // When
        var soon = trouble(SOON, pod).map(Trouble::kind);
        var later = trouble(LATER, pod).map(Trouble::kind);

        // Then
        assertThat(soon.isPresent()).isEqualTo(trouble);
        assertThat(soon).isNotEqualTo(Optional.of(certainAtOnce ? Kind.PASSING : Kind.CERTAIN));
        assertThat(later).isEqualTo(trouble ? Optional.of(Kind.CERTAIN) : Optional.empty());
    }

    @Test
    void shouldForgiveAHiccupToAPodThatWaitedLongForItsNode() {
        // Given
        var scheduled = CREATED.plusSeconds(120);
        var pod = new PodBuilder(waiting("a", NEW, "ErrImagePull"))
                .editStatus()
                .addNewCondition()
                .withType("PodScheduled")
                .withStatus("True")
                .withLastTransitionTime(scheduled.toString())
                .endCondition()
                .endStatus()
                .build();

        // When
        var atOnce = trouble(scheduled.plusSeconds(5), pod);
        var later = trouble(scheduled.plusSeconds(90), pod);

        // Then
        assertThat(atOnce.map(Trouble::kind)).contains(Kind.PASSING);
        assertThat(later.map(Trouble::kind)).contains(Kind.CERTAIN);
    }

    @Test
    void shouldSayTheSameWhetherTheKubeletTriesOrWaits() {
        // Given
        var tries = waiting("a", NEW, "ErrImagePull");
        var waits = waiting("a", NEW, "ImagePullBackOff");

        // When
        var trouble = trouble(LATER, tries);

        // Then
        assertThat(trouble).isEqualTo(trouble(LATER, waits));
        assertThat(trouble.orElseThrow().message())
                .isEqualTo("pod a does not come up: ImagePullBackOff of image registry.test/runtime:2.");
    }

    @Test
    void shouldTellWhyAPodCrashesAndBeSureAfterThreeRestarts() {
        // Given
        var log = """
                2026-01-01 ERROR Failed to start application
                java.lang.RuntimeException: Failed to start quarkus
                \tat io.quarkus.Here.run(Here.java:1)
                Caused by: java.lang.IllegalStateException: chat.drain.timeout: must be above 0
                \tat io.chatcluster.There.start(There.java:2)
                """;

        // When
        var second = trouble(SOON, crashing("a", NEW, 2, log)).orElseThrow();
        var third = trouble(SOON, crashing("a", NEW, 3, log)).orElseThrow();

        // Then
        assertThat(second.kind()).isEqualTo(Kind.PASSING);
        assertThat(third.kind()).isEqualTo(Kind.CERTAIN);
        assertThat(third.message())
                .contains("pod a", "CrashLoopBackOff, exit code 1", "chat.drain.timeout: must be above 0")
                .doesNotContain("There.java");
    }

    @Test
    void shouldLookAtPodsOfTheRevisionAlone() {
        assertThat(trouble(LATER, waiting("a", OLD, "ImagePullBackOff"))).isEmpty();
    }

    @Test
    void shouldTakeALateRolloutForOverdueOnceItsControllerSawIt() {
        // Given
        var pods = List.of(pod("a", NEW, null));

        // When
        var late = new ChatPods(deployment(3, 3, "False"), pods, Map.of(), Map.of()).trouble(NEW, LATER);
        var unseen = new ChatPods(deployment(3, 2, "False"), pods, Map.of(), Map.of()).trouble(NEW, LATER);
        var underWay = new ChatPods(deployment(3, 3, "True"), pods, Map.of(), Map.of()).trouble(NEW, LATER);

        // Then
        assertThat(late.map(Trouble::kind)).contains(Kind.OVERDUE);
        assertThat(late.orElseThrow().message()).contains("Deadline exceeded.");
        assertThat(unseen).isEmpty();
        assertThat(underWay).isEmpty();
    }

    @Test
    void shouldSayWhatAPodLacksToBeReadyAlsoWhenTimeIsUp() {
        // Given
        var pods = List.of(pod("a", NEW, null));
        var problems = Map.of("a", "storage: access denied");

        // When
        var inTime = new ChatPods(deployment(3, 3, "True"), pods, Map.of(), problems).trouble(NEW, LATER);
        var late = new ChatPods(deployment(3, 3, "False"), pods, Map.of(), problems).trouble(NEW, LATER);

        // Then
        assertThat(inTime).contains(new Trouble("pod a is not ready. It says: storage: access denied", Kind.PASSING));
        assertThat(late).contains(new Trouble("pod a is not ready. It says: storage: access denied", Kind.OVERDUE));
    }

    @Test
    void shouldTellWhatRefusesPodsWhenARolloutIsOverdue() {
        // Given
        var refused = deployment(3, 3, "False")
                .edit()
                .editStatus()
                .addNewCondition()
                .withType("ReplicaFailure")
                .withStatus("True")
                .withMessage("exceeded quota: none")
                .endCondition()
                .endStatus()
                .build();

        // When
        var late = new ChatPods(refused, List.of(), Map.of(), Map.of()).trouble(NEW, LATER);

        // Then
        assertThat(late.orElseThrow().message())
                .contains("exceeded quota: none")
                .doesNotContain("log");
    }

    @Test
    void shouldReadWhatWasGivenUpOffTheDeployment() {
        // Given
        var deployment = deployment(1, 1, "True");
        deployment
                .getMetadata()
                .setAnnotations(Map.of(
                        Annotations.REVISION, "good", Annotations.FAILED_REVISION, "bad", Annotations.FAILURE, "why"));

        // When
        var pods = new ChatPods(deployment, List.of(pod("a", OLD, null)), Map.of(), Map.of());

        // Then
        assertThat(pods.running()).contains("good");
        assertThat(pods.failure()).contains(new Failure("bad", "why"));
        assertThat(pods.mounted()).containsExactlyInAnyOrder("demo-chat-" + OLD.id(), "demo-chat-" + NEW.id());
    }
}
