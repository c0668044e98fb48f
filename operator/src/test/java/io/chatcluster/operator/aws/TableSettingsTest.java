package io.chatcluster.operator.aws;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.chatcluster.crds.v1alpha1.ConditionReason;
import io.chatcluster.crds.v1alpha1.DeletionPolicy;
import io.chatcluster.crds.v1alpha1.Provisioning;
import io.chatcluster.operator.aws.RecordedAws.Answer;
import io.chatcluster.operator.aws.RecordedAws.Question;
import io.chatcluster.operator.plan.StoragePlan;
import io.chatcluster.operator.status.StorageObservation;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

/** How often AWS is asked, and what becomes of it where it does not answer, with every table as it should be. */
class TableSettingsTest {
    private static final Instant START = Instant.parse("2026-11-24T12:00:00Z");
    private static final String EXPIRES =
            "{\"TimeToLiveDescription\":{\"TimeToLiveStatus\":\"ENABLED\",\"AttributeName\":\"expiresAt\"}}";

    @AutoClose
    private final AwsClients clients = new AwsClients();

    @AutoClose
    private final RecordedAws aws = new RecordedAws(this::answer);

    private Instant now = START;
    private @Nullable String throttled;
    private String id = "1";
    private String projection = ",\"Projection\":{\"ProjectionType\":\"ALL\"}";

    private final Tables tables = new Tables(clients, () -> now);

    private Answer answer(Question question) {
        if (question.operation().equals(throttled)) {
            return new Answer(
                    400, "{\"__type\":\"com.amazonaws.dynamodb#ThrottlingException\",\"message\":\"slow down\"}");
        }
        return Answer.ok(
                switch (question.operation()) {
                    case "DescribeTable" -> table(question);
                    case "DescribeTimeToLive" -> EXPIRES;
                    default ->
                        "{\"ContinuousBackupsDescription\":{\"ContinuousBackupsStatus\":\"ENABLED\","
                                + "\"PointInTimeRecoveryDescription\":{\"PointInTimeRecoveryStatus\":\"ENABLED\"}}}";
                });
    }

    private String table(Question question) {
        var name = json(question.body()).path("TableName").asText();
        var table = switch (name) {
            case "a-messages" -> "\"KeySchema\":[%s,%s]".formatted(key("room", "HASH"), key("firstSeq", "RANGE"));
            case "a-rooms" -> "\"KeySchema\":[%s]".formatted(key("room", "HASH"));
            default ->
                "\"KeySchema\":[%s,%s],\"GlobalSecondaryIndexes\":[{\"IndexName\":\"byRoom\",\"KeySchema\":[%s,%s]%s}]"
                        .formatted(
                                key("user", "HASH"),
                                key("room", "RANGE"),
                                key("room", "HASH"),
                                key("user", "RANGE"),
                                projection);
        };
        return ("{\"Table\":{\"TableName\":\"%s\",\"TableId\":\"%s\",\"TableStatus\":\"ACTIVE\",\"DeletionProtectionEnabled\":true,"
                        + "\"AttributeDefinitions\":[%s,%s,%s],%s}}")
                .formatted(name, id, attribute("room", "S"), attribute("user", "S"), attribute("firstSeq", "N"), table);
    }

    private static String key(String name, String type) {
        return "{\"AttributeName\":\"%s\",\"KeyType\":\"%s\"}".formatted(name, type);
    }

    private static String attribute(String name, String type) {
        return "{\"AttributeName\":\"%s\",\"AttributeType\":\"%s\"}".formatted(name, type);
    }

    private static JsonNode json(String text) {
        try {
            return new ObjectMapper().readTree(text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private StorageObservation visit(boolean recovery) {
        var plan = new StoragePlan(aws.location(), "a-", recovery, Provisioning.MANAGED, DeletionPolicy.RETAIN);
        return tables.reconcile(plan, AwsStandIn.CREDENTIALS, Set.of(), true, name -> {});
    }

    @Test
    void shouldAskForSettingsOnlyNowAndThen() {
        // Given
        visit(true);
        assertThat(aws.operations())
                .containsExactly("DescribeTable", "DescribeTimeToLive", "DescribeContinuousBackups");

        // When
        var soon = visit(true);

        // Then
        assertThat(soon.problem()).isNull();
        assertThat(aws.operations()).containsExactly("DescribeTable");

        // When
        now = START.plus(Duration.ofMinutes(10));
        visit(true);

        // Then
        assertThat(aws.operations()).contains("DescribeTimeToLive", "DescribeContinuousBackups");
    }

    @Test
    void shouldAskAtOnceWhereThePlanChanges() {
        // Given
        visit(true);
        aws.operations();

        // When
        visit(false);

        // Then
        assertThat(aws.operations()).contains("DescribeTimeToLive");
    }

    @Test
    void shouldAskAtOnceWhereATableIsAnother() {
        // Given
        visit(true);
        aws.operations();

        // When
        id = "2";
        visit(true);

        // Then
        assertThat(aws.operations()).contains("DescribeTimeToLive");
    }

    @Test
    void shouldTakeTablesForReadyWhoseSettingsCannotBeAskedForJustNow() {
        // Given
        throttled = "DescribeTimeToLive";

        // When
        var seen = visit(true);

        // Then
        assertThat(seen.problem()).isNull();
        assertThat(seen.tables()).hasSize(3);
        aws.operations();

        // When
        throttled = null;
        now = START.plus(Duration.ofMinutes(1));
        visit(true);

        // Then
        assertThat(aws.operations()).contains("DescribeTimeToLive");
    }

    @Test
    void shouldTakeTablesOfAnEndpointThatDoesNotSayWhatTheirIndexHolds() {
        // Given
        projection = "";

        // When
        var seen = visit(true);

        // Then
        assertThat(seen.problem()).isNull();
    }

    @Test
    void shouldAskForNoFurtherTableWhereNobodyAnswers() throws IOException {
        try (var silent = new RecordedAws(question -> null)) {
            // Given
            var plan = new StoragePlan(silent.location(), "a-", true, Provisioning.MANAGED, DeletionPolicy.RETAIN);

            // When
            var seen = tables.reconcile(plan, AwsStandIn.CREDENTIALS, Set.of(), true, name -> {});

            // Then
            assertThat(Objects.requireNonNull(seen.problem()).reason()).isEqualTo(ConditionReason.AWS_UNREACHABLE);
            assertThat(silent.questions()).extracting(Question::body).allMatch(body -> body.contains("a-messages"));
        }
    }
}
