package io.chatcluster.operator;

import static org.assertj.core.api.Assertions.assertThat;

import io.chatcluster.operator.metadata.Annotations;
import io.fabric8.kubernetes.api.model.Condition;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.events.v1.Event;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** How a change reaches the chat pods, and how it is taken back, with the whole operator on a real API server. */
class RolloutTest {
    private static final String GOOD = "registry.test/good:1";
    private static final String BAD = "registry.test/BAD:1";

    @RegisterExtension
    static final Stage STAGE = new Stage();

    @RegisterExtension
    final StagedOperator operator = new StagedOperator(STAGE);

    private static KubernetesClient client() {
        return STAGE.client();
    }

    private Controllers controllers() {
        return operator.controllers();
    }

    private void given(String fields) {
        operator.makeReady("image: %s\n%s".formatted(GOOD, fields));
    }

    private void assertCondition(String type, String status, String reason, String... words) {
        var condition = operator.condition(type);
        assertThat(condition).map(Condition::getStatus).contains(status);
        assertThat(condition).map(Condition::getReason).contains(reason);
        assertThat(List.of(words)).allMatch(condition.orElseThrow().getMessage()::contains);
    }

    private String image() {
        return controllers()
                .deployment()
                .getSpec()
                .getTemplate()
                .getSpec()
                .getContainers()
                .getFirst()
                .getImage();
    }

    private void awaitImage(String image) {
        RunningOperator.await("image " + image, () -> assertThat(image()).isEqualTo(image));
    }

    private @Nullable String annotation(String name) {
        return controllers().deployment().getMetadata().getAnnotations().get(name);
    }

    private List<String> revisions() {
        return client().configMaps().inNamespace(operator.namespace()).list().getItems().stream()
                .map(ConfigMap::getMetadata)
                .map(metadata -> metadata.getName())
                .filter(name -> name.startsWith("demo-chat-"))
                .toList();
    }

    private List<Event> events(String reason) {
        return client().events().v1().events().inNamespace(operator.namespace()).list().getItems().stream()
                .filter(event -> reason.equals(event.getReason()))
                .toList();
    }

    private void failAndAwaitRollback() {
        operator.patch("{\"spec\": {\"image\": \"%s\"}}".formatted(BAD));
        awaitImage(BAD);
        controllers().startOne("demo-chat-bad", "InvalidImageName");
        awaitImage(GOOD);
    }

    @Test
    void shouldGoBackByItselfWhenTheFirstPodOfABadImageDoesNotComeUp() {
        // Given
        given("replicas: 2");
        var good = annotation(Annotations.REVISION);
        var oldPods = controllers().pods();

        // When
        failAndAwaitRollback();

        // Then
        RunningOperator.await(
                "the condition",
                () -> assertCondition(
                        "Progressing", "False", "RolledBack", BAD, GOOD, "demo-chat-bad", "InvalidImageName"));
        assertThat(annotation(Annotations.REVISION)).isEqualTo(good);
        assertThat(operator.cluster().require().getStatus().lastGoodRevision()).isEqualTo(good);
        assertThat(revisions()).contains("demo-chat-" + good).hasSize(2);
        assertThat(controllers().pods()).containsAll(oldPods);
        assertCondition("Available", "True", "ReplicasReady");
        assertCondition("Ready", "False", "ConditionsNotMet", "Progressing");
        RunningOperator.await(
                "the Event",
                () -> assertThat(events("RolledBack"))
                        .singleElement()
                        .satisfies(event -> assertThat(event.getNote()).contains(BAD)));
    }

    @Test
    void shouldGiveThePodsThatItGoesBackToTheRoleTheyHad() {
        // Given
        given("replicas: 2");
        operator.patch("{\"spec\": {\"aws\": {\"serviceAccountAnnotations\": {\"role.test/arn\": \"good\"}}}}");
        RunningOperator.await("a role", () -> assertThat(role()).isEqualTo("good"));
        controllers().complete();
        RunningOperator.await("the rollout", () -> assertCondition("Progressing", "True", "RolloutComplete"));

        // When
        operator.patch("""
                {"spec": {"image": "%s", "aws": {"serviceAccountAnnotations": {"role.test/arn": "bad"}}}}
                """.formatted(BAD));
        awaitImage(BAD);
        RunningOperator.await("the new role", () -> assertThat(role()).isEqualTo("bad"));
        controllers().startOne("demo-chat-bad", "InvalidImageName");

        // Then
        awaitImage(GOOD);
        RunningOperator.await("the former role", () -> assertThat(role()).isEqualTo("good"));
    }

    private @Nullable String role() {
        return client().serviceAccounts()
                .inNamespace(operator.namespace())
                .withName("demo-chat")
                .require()
                .getMetadata()
                .getAnnotations()
                .get("role.test/arn");
    }

    @Test
    void shouldNeitherTryABadSpecAgainNorWriteAnythingUntilItChanges() {
        // Given
        given("replicas: 2");
        failAndAwaitRollback();
        controllers().complete();
        RunningOperator.await(
                "the settings of the bad pod to go",
                () -> assertThat(revisions()).hasSize(1));
        operator.visit(2);
        var deployment = controllers().deployment().getMetadata().getResourceVersion();
        var status = operator.cluster().require().getStatus();

        // When
        operator.visit(5);
        operator.restart();
        operator.visit(2);

        // Then
        assertThat(controllers().deployment().getMetadata().getResourceVersion())
                .isEqualTo(deployment);
        assertThat(operator.cluster().require().getStatus()).isEqualTo(status);
        assertThat(events("RolledBack")).hasSize(1);
        assertThat(image()).isEqualTo(GOOD);
    }

    @Test
    void shouldTryTheNextSpecAndForgetTheFailure() {
        // Given
        given("replicas: 2");
        failAndAwaitRollback();
        controllers().complete();
        var better = "registry.test/better:2";

        // When
        operator.patch("{\"spec\": {\"image\": \"%s\"}}".formatted(better));
        awaitImage(better);
        controllers().complete();

        // Then
        RunningOperator.await("Ready", () -> assertCondition("Ready", "True", "ConditionsMet"));
        assertCondition("Progressing", "True", "RolloutComplete");
        assertThat(annotation(Annotations.FAILED_REVISION)).isNull();
        assertThat(operator.cluster().require().getStatus().lastGoodRevision())
                .isEqualTo(annotation(Annotations.REVISION));
        RunningOperator.await(
                "old settings to go",
                () -> assertThat(revisions()).containsExactly("demo-chat-" + annotation(Annotations.REVISION)));
    }

    @Test
    void shouldTryTheSameAgainWhenARestartIsAskedFor() {
        // Given
        given("replicas: 2");
        failAndAwaitRollback();

        // When
        operator.patch("{\"metadata\": {\"annotations\": {\"%s\": \"now\"}}}".formatted(Annotations.RESTARTED_AT));

        // Then
        awaitImage(BAD);
    }

    @Test
    void shouldGoBackFromSettingsThatDoNotWorkWhenTheDeadlineHasPassed() {
        // Given
        given("replicas: 2");
        var good = annotation(Annotations.REVISION);

        // When
        operator.patch("{\"spec\": {\"limits\": {\"messagesPerSecond\": 7}}}");
        RunningOperator.await(
                "the new revision",
                () -> assertThat(annotation(Annotations.REVISION)).isNotEqualTo(good));
        controllers().startOne("demo-chat-new", "ContainerCreating");
        controllers().exceedDeadline();

        // Then
        RunningOperator.await(
                "the way back",
                () -> assertCondition("Progressing", "False", "RolledBack", "chat.limits.messages-per-second"));
        assertThat(annotation(Annotations.REVISION)).isEqualTo(good);
        assertThat(controllers()
                        .deployment()
                        .getSpec()
                        .getTemplate()
                        .getSpec()
                        .getVolumes()
                        .getFirst()
                        .getProjected()
                        .getSources()
                        .getFirst()
                        .getConfigMap()
                        .getName())
                .isEqualTo("demo-chat-" + good);
    }

    @Test
    void shouldStopAndSaySoWhereGoingBackIsNotWanted() {
        // Given
        given("upgrade: {automaticRollback: Disabled}");

        // When
        operator.patch("{\"spec\": {\"image\": \"%s\"}}".formatted(BAD));
        awaitImage(BAD);
        controllers().startOne("demo-chat-bad", "InvalidImageName");

        // Then
        RunningOperator.await(
                "the condition",
                () -> assertCondition("Progressing", "False", "RolloutStuck", BAD, "automaticRollback is Disabled"));
        operator.visit(2);
        assertThat(image()).isEqualTo(BAD);
    }
}
