package io.chatcluster.operator.aws;

import io.chatcluster.crds.v1alpha1.ConditionReason;
import io.chatcluster.operator.plan.AwsLocation;
import io.chatcluster.operator.status.Problem;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.exception.SdkException;

/** Says what an AWS client's exception means for whoever reads the status. */
public final class AwsProblems {
    private AwsProblems() {}

    /** @param doing what could not be done, without a full stop */
    public static Problem of(SdkException exception, String doing, AwsLocation location) {
        var place = location.endpoint() == null ? "region " + location.region() : location.endpoint();
        if (!(exception instanceof AwsServiceException answer)) {
            return Problem.lasting(
                    ConditionReason.AWS_UNREACHABLE,
                    "%s: no answer from %s. Check the endpoint, the region, the credentials and the network; the operator keeps trying."
                            .formatted(doing, place));
        }
        var details = answer.awsErrorDetails();
        // The answer to a HEAD request has no body, and so no error code.
        var code = details == null || details.errorCode() == null ? "HTTP " + answer.statusCode() : details.errorCode();
        if (answer.isThrottlingException()) {
            // Lasting, for what passes is asked for again soon, and that is what is not wanted here.
            return Problem.lasting(
                    ConditionReason.AWS_THROTTLED,
                    "%s: %s limits the rate of requests (%s). It is asked again in half a minute."
                            .formatted(doing, place, code));
        }
        if (answer.statusCode() == 403 || answer.statusCode() == 401 || code.contains("UnrecognizedClient")) {
            return Problem.lasting(
                    ConditionReason.AWS_DENIED,
                    "%s: %s refused the credentials or they lack the right (%s). Check spec.aws."
                            .formatted(doing, place, code));
        }
        return Problem.lasting(ConditionReason.AWS_ERROR, "%s: %s answered %s.".formatted(doing, place, code));
    }
}
