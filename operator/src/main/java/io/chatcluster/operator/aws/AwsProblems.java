package io.chatcluster.operator.aws;

import io.chatcluster.crds.v1alpha1.ConditionReason;
import io.chatcluster.operator.plan.AwsLocation;
import io.chatcluster.operator.status.Problem;
import java.io.IOException;
import java.net.SocketTimeoutException;
import java.util.Objects;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.exception.ApiCallAttemptTimeoutException;
import software.amazon.awssdk.core.exception.ApiCallTimeoutException;
import software.amazon.awssdk.core.exception.SdkException;

/** Says what an AWS client's exception means for whoever reads the status. */
public final class AwsProblems {
    /** Of what AWS or its client says. */
    private static final int LONGEST = 1000;

    /** Identifiers, times and counts of attempts, with which the same problem would be another at each visit. */
    private static final Pattern CHANGING = Pattern.compile(
            "(?i)\\(SDK [^)]*\\)|\\brequest ?id:? ?\\S+|\\b\\p{XDigit}{8}(-\\p{XDigit}{4}){3}-\\p{XDigit}{12}\\b|\\b\\d{8}T\\d{6}Z?\\b|\\b(\\d{10}|\\d{13})\\b");

    private static final String NO_CREDENTIALS = "Unable to load credentials";

    /** Refusals that come as HTTP 400. */
    private static final Set<String> DENIALS = Set.of(
            "AccessDenied",
            "AccessDeniedException",
            "ExpiredTokenException",
            "IncompleteSignatureException",
            "InvalidSignatureException",
            "MissingAuthenticationTokenException",
            "UnrecognizedClientException");

    private AwsProblems() {}

    /** Whether nobody answered, so that further questions to the same place would be in vain. */
    static boolean isUnanswered(SdkException exception) {
        return !(exception instanceof AwsServiceException);
    }

    /** Whether a place was asked, and silent or not even there. */
    static boolean isSilence(Throwable exception) {
        return isTimeout(exception) || causes(exception).anyMatch(IOException.class::isInstance);
    }

    /** @param doing what could not be done, without a full stop */
    public static Problem of(SdkException exception, String doing, AwsLocation location) {
        var place = location.endpoint() == null ? "region " + location.region() : location.endpoint();
        return exception instanceof AwsServiceException answer
                ? answered(answer, doing, place)
                : unanswered(exception, doing, place);
    }

    private static Problem unanswered(SdkException exception, String doing, String place) {
        var message = Objects.requireNonNullElse(exception.getMessage(), "");
        if (message.startsWith(NO_CREDENTIALS)) {
            return Problem.lasting(
                    ConditionReason.AWS_DENIED,
                    "%s: the operator has no credentials for %s. Name a Secret with some in spec.aws.credentialsSecretRef, or give the operator's ServiceAccount a role.%s"
                            .formatted(doing, place, said(message.substring(message.indexOf(" : ") + 1))));
        }
        return Problem.lasting(
                ConditionReason.AWS_UNREACHABLE,
                "%s: no answer from %s. Check the endpoint, the region and the network; the operator keeps trying.%s"
                        .formatted(doing, place, said(isTimeout(exception) ? "timed out" : message)));
    }

    /** Which of the timeouts ends a call is chance. */
    private static boolean isTimeout(Throwable exception) {
        return causes(exception)
                .anyMatch(cause -> cause instanceof ApiCallTimeoutException
                        || cause instanceof ApiCallAttemptTimeoutException
                        || cause instanceof SocketTimeoutException);
    }

    private static Stream<Throwable> causes(Throwable exception) {
        return Stream.iterate(exception, Objects::nonNull, Throwable::getCause);
    }

    private static Problem answered(AwsServiceException answer, String doing, String place) {
        var details = answer.awsErrorDetails();
        // The answer to a HEAD request has no body, and so no error code.
        var code = details == null || details.errorCode() == null ? "HTTP " + answer.statusCode() : details.errorCode();
        var said = details == null ? "" : said(details.errorMessage());
        if (answer.isThrottlingException()) {
            // Lasting, for what passes is asked for again soon, and that is what is not wanted here.
            return Problem.lasting(
                    ConditionReason.AWS_THROTTLED,
                    "%s: %s limits the rate of requests (%s). It is asked again in half a minute.%s"
                            .formatted(doing, place, code, said));
        }
        if (answer.statusCode() == 403 || answer.statusCode() == 401 || DENIALS.contains(code)) {
            return Problem.lasting(
                    ConditionReason.AWS_DENIED,
                    "%s: %s refused the credentials or they lack the right (%s). Check spec.aws.%s"
                            .formatted(doing, place, code, said));
        }
        return Problem.lasting(ConditionReason.AWS_ERROR, "%s: %s answered %s.%s".formatted(doing, place, code, said));
    }

    private static String said(@Nullable String message) {
        var lasting =
                message == null ? "" : CHANGING.matcher(message).replaceAll("").strip();
        if (lasting.isEmpty()) {
            return "";
        }
        return " What came back: " + (lasting.length() > LONGEST ? lasting.substring(0, LONGEST) + "…" : lasting);
    }
}
