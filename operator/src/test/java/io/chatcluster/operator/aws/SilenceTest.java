package io.chatcluster.operator.aws;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.chatcluster.crds.v1alpha1.ConditionReason;
import io.chatcluster.crds.v1alpha1.DeletionPolicy;
import io.chatcluster.crds.v1alpha1.Provisioning;
import io.chatcluster.operator.aws.RecordedAws.Answer;
import io.chatcluster.operator.aws.RecordedAws.Question;
import io.chatcluster.operator.plan.MediaPlan;
import io.chatcluster.operator.plan.StoragePlan;
import io.chatcluster.operator.status.MediaObservation;
import io.chatcluster.operator.status.StorageObservation;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.core.exception.SdkException;

/** How often a place is asked at which nobody answers. */
class SilenceTest {
    private static final Instant START = Instant.parse("2026-11-24T12:00:00Z");
    private static final Answer DENIAL = new Answer(400, "{\"__type\":\"AccessDeniedException\",\"message\":\"no\"}");

    private volatile Instant now = START;
    private volatile Supplier<@Nullable Answer> answer = () -> null;

    @AutoClose
    private final AwsClients clients = new AwsClients(() -> now);

    private final Tables tables = new Tables(clients);
    private final Bucket bucket = new Bucket(clients);

    @AutoClose
    private final RecordedAws aws = new RecordedAws(this::answer);

    private @Nullable Answer answer(Question question) {
        return question.operation().startsWith("HEAD") ? new Answer(200, "") : answer.get();
    }

    private StoragePlan tables(DeletionPolicy deletion) {
        return new StoragePlan(aws.location(), "a-", false, Provisioning.MANAGED, deletion);
    }

    private StorageObservation visit(AwsCredentials credentials) {
        return tables.reconcile(tables(DeletionPolicy.RETAIN), credentials, Set.of(), true, name -> {});
    }

    private StorageObservation visit() {
        return visit(AwsStandIn.CREDENTIALS);
    }

    private MediaObservation visitBucket() {
        var plan = new MediaPlan(
                aws.location(),
                null,
                "pictures",
                1000,
                List.of(),
                List.of("*"),
                null,
                Provisioning.EXTERNAL,
                DeletionPolicy.RETAIN);
        return bucket.reconcile(plan, AwsStandIn.CREDENTIALS, false, true, name -> {});
    }

    private boolean asksAfter(Duration pause) {
        now = now.plus(pause);
        aws.operations();
        visit();
        return !aws.operations().isEmpty();
    }

    @Test
    void shouldSayTheSameWithoutAskingAgain() {
        // Given
        var first = visit();
        aws.operations();

        // When
        var second = visit();

        // Then
        assertThat(Objects.requireNonNull(first.problem()).reason()).isEqualTo(ConditionReason.AWS_UNREACHABLE);
        assertThat(second).isEqualTo(first);
        assertThat(aws.operations()).isEmpty();
    }

    @Test
    void shouldNotHaveEveryChatClusterWait() {
        // Given
        visit();
        aws.operations();

        // When
        visit(new AwsCredentials("another", "id", "key"));

        // Then
        assertThat(aws.operations()).isEmpty();
    }

    @Test
    void shouldAskEverLater() {
        // Given
        visit();

        // Then
        assertThat(asksAfter(Duration.ofMillis(4_999))).isFalse();
        assertThat(asksAfter(Duration.ofMillis(1))).isTrue();
        assertThat(asksAfter(Duration.ofMillis(9_999))).isFalse();
        assertThat(asksAfter(Duration.ofMillis(1))).isTrue();
        assertThat(asksAfter(Duration.ofSeconds(20))).isTrue();
        assertThat(asksAfter(Duration.ofMillis(29_999))).isFalse();
        assertThat(asksAfter(Duration.ofMillis(1))).isTrue();
        assertThat(asksAfter(Duration.ofSeconds(30))).isTrue();
    }

    @Test
    void shouldHaveOneAskForAll() {
        // Given
        visit();
        aws.operations();
        now = START.plusSeconds(5);
        var meanwhile = new AtomicInteger(-1);
        answer = () -> {
            answer = () -> null;
            var before = aws.questions().size();
            visit();
            meanwhile.set(aws.questions().size() - before);
            return DENIAL;
        };

        // When
        visit();

        // Then
        assertThat(meanwhile).hasValue(0);
    }

    @Test
    void shouldForgetItWithTheFirstAnswer() {
        // Given
        visit();
        now = START.plusSeconds(5);
        answer = () -> DENIAL;
        visit();

        // Then
        assertThat(asksAfter(Duration.ZERO)).isTrue();
    }

    @Test
    void shouldNeverTakeARefusalForSilence() {
        // Given
        answer = () -> DENIAL;
        visit();

        // Then
        assertThat(asksAfter(Duration.ZERO)).isTrue();
    }

    @Test
    void shouldTellS3FromDynamoDb() {
        // Given
        visit();

        // When
        var seen = visitBucket();

        // Then
        assertThat(seen.established()).isTrue();
    }

    @Test
    void shouldPutADeletionOff() {
        // Given
        visit();
        aws.operations();
        answer = () -> new Answer(400, "{\"__type\":\"ResourceNotFoundException\",\"message\":\"gone\"}");

        // When
        var failure = catchThrowableOfType(
                SdkException.class,
                () -> tables.delete(tables(DeletionPolicy.DELETE), AwsStandIn.CREDENTIALS, stays -> {}));

        // Then
        assertThat(AwsProblems.of(failure, "It cannot be deleted yet", aws.location())
                        .reason())
                .isEqualTo(ConditionReason.AWS_UNREACHABLE);
        assertThat(aws.operations()).isEmpty();

        // When
        now = START.plusSeconds(5);
        var left = tables.delete(tables(DeletionPolicy.DELETE), AwsStandIn.CREDENTIALS, stays -> {});

        // Then
        assertThat(left).isEmpty();
    }
}
