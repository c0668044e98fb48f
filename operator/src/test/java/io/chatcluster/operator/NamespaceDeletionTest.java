package io.chatcluster.operator;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.Condition;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A namespace goes, and with it first of all what the operator would need: the Secret with the credentials for AWS. */
class NamespaceDeletionTest {
    @RegisterExtension
    static final Stage STAGE = new Stage();

    private static RunningOperator operator() {
        return new RunningOperator(STAGE.server().connect(), "operator-a");
    }

    private static void given(String namespace, String policy) {
        STAGE.apply(namespace, "replicas: 2");
        STAGE.patch(namespace, "{\"spec\": {\"dynamodb\": {\"deletionPolicy\": \"%s\"}}}".formatted(policy));
    }

    private static void awaitTables(String namespace) {
        RunningOperator.await(
                "the tables",
                () -> assertThat(STAGE.condition(namespace, "StorageReady").map(Condition::getStatus))
                        .contains("True"));
    }

    /** As Kubernetes does, which this API server has nobody for: in no order, and the ChatCluster waits for its finalizer. */
    private static void deleteNamespace(String namespace) {
        STAGE.client().namespaces().withName(namespace).delete();
        STAGE.client().secrets().inNamespace(namespace).delete();
        STAGE.cluster(namespace).delete();
    }

    private static void awaitGone(String namespace) {
        RunningOperator.await(
                "the end", () -> assertThat(STAGE.cluster(namespace).get()).isNull());
    }

    private static List<String> tables(String namespace) {
        return STAGE.tables().stream()
                .filter(table -> table.startsWith(namespace + "-"))
                .toList();
    }

    @Test
    void shouldDeleteTablesWithTheCredentialsThatItHad() {
        given("watched", "Delete");
        try (var operator = operator()) {
            // Given
            awaitTables("watched");

            // When
            deleteNamespace("watched");

            // Then
            awaitGone("watched");
            assertThat(tables("watched")).isEmpty();
        }
    }

    @Test
    void shouldLetGoWhatKeepsItsTablesThoughNoOperatorRanMeanwhile() {
        // Given
        given("retained", "Retain");
        try (var operator = operator()) {
            awaitTables("retained");
        }

        // When
        deleteNamespace("retained");

        // Then
        try (var operator = operator()) {
            awaitGone("retained");
            assertThat(tables("retained")).isNotEmpty();
        }
    }

    @Test
    void shouldSayHowTheDeletionCanEndWhereNoOperatorRanMeanwhile() {
        // Given
        given("unwatched", "Delete");
        try (var operator = operator()) {
            awaitTables("unwatched");
        }

        // When
        deleteNamespace("unwatched");

        // Then
        try (var operator = operator()) {
            RunningOperator.await(
                    "the condition",
                    () -> assertThat(STAGE.condition("unwatched", "Ready").map(Condition::getReason))
                            .contains("DeletionBlocked"));
            var message = STAGE.condition("unwatched", "Ready").orElseThrow().getMessage();
            assertThat(message)
                    .contains(
                            "Secret aws",
                            "kubectl patch cc/demo -n unwatched --type=merge -p '{\"metadata\":{\"finalizers\":[]}}'",
                            "unwatched-demo-");

            // When
            STAGE.patch("unwatched", "{\"metadata\": {\"finalizers\": []}}");

            // Then
            awaitGone("unwatched");
            assertThat(tables("unwatched")).isNotEmpty();
        }
    }
}
