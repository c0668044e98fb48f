package io.chatcluster.operator.aws;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.chatcluster.crds.v1alpha1.ConditionReason;
import io.chatcluster.crds.v1alpha1.DeletionPolicy;
import io.chatcluster.crds.v1alpha1.Provisioning;
import io.chatcluster.operator.aws.RecordedAws.Answer;
import io.chatcluster.operator.aws.RecordedAws.Question;
import io.chatcluster.operator.plan.MediaPlan;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.core.exception.SdkException;

/** A bucket whose server has no settings, and does not let its only object go. */
class BucketRefusalTest {
    private static final Instant START = Instant.parse("2026-11-24T12:00:00Z");

    @AutoClose
    private final AwsClients clients = new AwsClients();

    @AutoClose
    private final RecordedAws aws = new RecordedAws(BucketRefusalTest::answer);

    private Instant now = START;
    private final Bucket bucket = new Bucket(clients, () -> now);

    private static Answer answer(Question question) {
        return switch (question.operation()) {
            case "HEAD /pictures" -> Answer.ok("");
            case "GET /pictures?list-type=2" ->
                Answer.ok("<ListBucketResult><Contents><Key>a.png</Key></Contents></ListBucketResult>");
            case "POST /pictures?delete" ->
                Answer.ok(
                        "<DeleteResult><Error><Key>a.png</Key><Code>AccessDenied</Code><Message>not authorized to perform: s3:DeleteObject</Message></Error></DeleteResult>");
            default -> new Answer(501, "<Error><Code>NotImplemented</Code></Error>");
        };
    }

    private MediaPlan plan() {
        return new MediaPlan(
                aws.location(),
                null,
                "pictures",
                1000,
                List.of(),
                List.of("*"),
                null,
                Provisioning.MANAGED,
                DeletionPolicy.DELETE);
    }

    @Test
    void shouldSayWhyAnObjectIsNotDeleted() {
        // When
        var refusal = catchThrowableOfType(SdkException.class, () -> bucket.delete(plan(), AwsStandIn.CREDENTIALS));
        var problem = AwsProblems.of(refusal, "The bucket cannot be deleted yet", aws.location());

        // Then
        assertThat(problem.reason()).isEqualTo(ConditionReason.AWS_DENIED);
        assertThat(problem.message()).contains("AccessDenied", "Object a.png", "s3:DeleteObject");
    }

    @Test
    void shouldAskForSettingsOnlyNowAndThen() {
        // Given
        var first = bucket.reconcile(plan(), AwsStandIn.CREDENTIALS, true, true, name -> {});
        assertThat(first.unsupported()).hasSize(4);
        aws.operations();

        // When
        var soon = bucket.reconcile(plan(), AwsStandIn.CREDENTIALS, true, true, name -> {});

        // Then
        assertThat(soon).isEqualTo(first);
        assertThat(aws.operations()).containsExactly("HEAD /pictures");

        // When
        now = START.plus(Duration.ofMinutes(10));
        bucket.reconcile(plan(), AwsStandIn.CREDENTIALS, true, true, name -> {});

        // Then
        assertThat(aws.operations()).hasSize(5);
    }
}
