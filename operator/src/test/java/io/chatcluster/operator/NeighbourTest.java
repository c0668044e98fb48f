package io.chatcluster.operator;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.Condition;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Two namespaces that want the same of AWS, with the whole operator on a real API server. */
class NeighbourTest {
    private static final String MEDIA =
            "media: {bucket: pictures, endpoint: 'http://127.0.0.1:1', deletionPolicy: Delete}";

    @RegisterExtension
    static final Stage STAGE = new Stage();

    private static void awaitAccepted(String namespace, String status) {
        RunningOperator.await(
                "Accepted " + status,
                () -> assertThat(STAGE.condition(namespace, "Accepted"))
                        .map(Condition::getStatus)
                        .hasValue(status));
    }

    /** The API server writes down in which second something was made, and no part of it. */
    private static void awaitAnotherSecond(String namespace) {
        var made =
                Instant.parse(STAGE.cluster(namespace).require().getMetadata().getCreationTimestamp());
        RunningOperator.await("another second", () -> assertThat(Instant.now()).isAfter(made.plusSeconds(1)));
    }

    @Test
    void shouldRefuseTheBucketOfAnotherNamespaceForAsLongAsItIsTaken() {
        try (var operator = new RunningOperator(STAGE.server().connect(), "operator-a")) {
            // Given
            STAGE.apply("older", MEDIA.replace("Delete", "Retain"));
            awaitAccepted("older", "True");
            awaitAnotherSecond("older");

            // When
            STAGE.apply("younger", MEDIA);

            // Then
            awaitAccepted("younger", "False");
            assertThat(STAGE.condition("younger", "Accepted").orElseThrow().getMessage())
                    .contains("pictures", "ChatCluster demo in namespace older");
            assertThat(STAGE.client()
                            .apps()
                            .deployments()
                            .inNamespace("younger")
                            .list()
                            .getItems())
                    .isEmpty();

            // When
            STAGE.cluster("older").delete();

            // Then
            awaitAccepted("younger", "True");
            assertThat(operator.visits("younger")).isPositive();
        }
    }

    @Test
    void shouldKeepTheBucketOfARunningOneFromAnOlderOneThatNamesItLater() {
        try (var operator = new RunningOperator(STAGE.server().connect(), "operator-a")) {
            // Given
            STAGE.apply("elder", "");
            awaitAccepted("elder", "True");
            awaitAnotherSecond("elder");
            STAGE.apply("running", MEDIA.replace("pictures", "photos"));
            awaitAccepted("running", "True");

            // When
            STAGE.patch("elder", """
                    {"spec": {"media": {"bucket": "photos", "endpoint": "http://127.0.0.1:1", "deletionPolicy": "Delete"}}}""");

            // Then
            awaitAccepted("elder", "False");
            var before = operator.visits("running");
            STAGE.patch("running", """
                    {"metadata": {"annotations": {"visit": "again"}}}""");
            RunningOperator.await(
                    "another visit",
                    () -> assertThat(operator.visits("running")).isGreaterThan(before));
            awaitAccepted("running", "True");
        }
    }
}
