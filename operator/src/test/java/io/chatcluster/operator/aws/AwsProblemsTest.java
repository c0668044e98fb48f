package io.chatcluster.operator.aws;

import static org.assertj.core.api.Assertions.assertThat;

import io.chatcluster.crds.v1alpha1.ConditionReason;
import io.chatcluster.operator.plan.AwsLocation;
import io.chatcluster.operator.status.Problem;
import java.net.SocketTimeoutException;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProviderChain;
import software.amazon.awssdk.auth.credentials.SystemPropertyCredentialsProvider;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.core.exception.ApiCallTimeoutException;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.dynamodb.model.DynamoDbException;

/** What the status says of an error of AWS. */
class AwsProblemsTest {
    private static final AwsLocation LOCATION = new AwsLocation("eu-west-1", null);

    private static Problem problem(SdkException exception) {
        return AwsProblems.of(exception, "Table shop-demo-rooms", LOCATION);
    }

    private static Problem answer(String code, String message) {
        return problem((SdkException) DynamoDbException.builder()
                .statusCode(400)
                .awsErrorDetails(AwsErrorDetails.builder()
                        .errorCode(code)
                        .errorMessage(message)
                        .build())
                .build());
    }

    @Test
    void shouldSayWhichRightIsMissing() {
        // Given
        var message =
                "User: arn:aws:iam::111122223333:user/chat is not authorized to perform: dynamodb:DescribeTable on resource: x";

        // When
        var problem = answer("AccessDeniedException", message);

        // Then
        assertThat(problem.reason()).isEqualTo(ConditionReason.AWS_DENIED);
        assertThat(problem.message()).contains("region eu-west-1", "AccessDeniedException", message);
    }

    @Test
    void shouldSayTheSameOfTheSameProblem() {
        // Given
        var first =
                "Signature expired: 20261129T084538Z is now earlier than 20261129T084545Z (RequestId: 4442587FB7D0A2F9)";
        var second =
                "Signature expired: 20261129T084608Z is now earlier than 20261129T084615Z (RequestId: 9F2D0A2F94442587)";

        // When
        var problem = answer("InvalidSignatureException", first);

        // Then
        assertThat(problem).isEqualTo(answer("InvalidSignatureException", second));
        assertThat(problem.message()).contains("Signature expired");
    }

    @Test
    void shouldCutALongMessage() {
        // When
        var problem = answer("InternalServerError", "x".repeat(100_000));

        // Then
        assertThat(problem.message()).hasSizeLessThan(1_200).endsWith("…");
    }

    @Test
    void shouldTellMissingCredentialsFromAMissingAnswer() {
        // Given
        var none = AwsCredentialsProviderChain.of(SystemPropertyCredentialsProvider.create());
        SdkException missing = SdkClientException.create("never");
        try {
            none.resolveCredentials();
        } catch (SdkClientException e) {
            missing = e;
        }

        // When
        var problem = problem(missing);

        // Then
        assertThat(problem.reason()).isEqualTo(ConditionReason.AWS_DENIED);
        assertThat(problem.message())
                .contains(
                        "no credentials",
                        "spec.aws.credentialsSecretRef",
                        "Unable to load credentials from system settings");
    }

    @Test
    void shouldSayWhyThereIsNoAnswer() {
        // When
        var problem = problem(
                SdkClientException.create("Unable to execute HTTP request: no such host (SDK Attempt Count: 4)"));

        // Then
        assertThat(problem.reason()).isEqualTo(ConditionReason.AWS_UNREACHABLE);
        assertThat(problem.message()).endsWith("What came back: Unable to execute HTTP request: no such host");
    }

    @Test
    void shouldSayTheSameWhicheverTimeoutComesFirst() {
        // Given
        var ofTheCall = ApiCallTimeoutException.create(5000);
        var ofTheSocket = SdkClientException.create(
                "Unable to execute HTTP request", new SocketTimeoutException("Read timed out"));

        // When
        var problem = problem(ofTheCall);

        // Then
        assertThat(problem).isEqualTo(problem(ofTheSocket));
    }
}
