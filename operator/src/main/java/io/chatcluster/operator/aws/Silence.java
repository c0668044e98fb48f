package io.chatcluster.operator.aws;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.core.interceptor.Context;
import software.amazon.awssdk.core.interceptor.ExecutionAttribute;
import software.amazon.awssdk.core.interceptor.ExecutionAttributes;
import software.amazon.awssdk.core.interceptor.ExecutionInterceptor;

/**
 * That nobody answers at one place. Each call to it would hold up a thread of all ChatClusters for as long as calls may take,
 * so only one goes through now and then, and the others fail at once as the last one did.
 */
final class Silence implements ExecutionInterceptor {
    private static final Duration FIRST_PAUSE = Duration.ofSeconds(5);

    /** Not longer than from visit to visit. */
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(30);

    /** How many answers had come when a call began; absent where it was not let through. */
    private static final ExecutionAttribute<Long> ANSWERS = new ExecutionAttribute<>("Answers");

    private final InstantSource clock;
    private long answers;
    private @Nullable Throwable failure;
    private Duration pause = FIRST_PAUSE;
    private Instant over = Instant.MIN;

    Silence(InstantSource clock) {
        this.clock = clock;
    }

    @Override
    public synchronized void beforeExecution(Context.BeforeExecution call, ExecutionAttributes attributes) {
        if (failure != null) {
            var now = clock.instant();
            if (now.isBefore(over)) {
                throw SdkClientException.create(failure.getMessage(), failure);
            }
            // Now rather than when it fails, else others would follow it.
            pause = Collections.min(List.of(pause.multipliedBy(2), LONGEST_PAUSE));
            over = now.plus(pause);
        }
        attributes.putAttribute(ANSWERS, answers);
    }

    /** Whatever the answer is. */
    @Override
    public synchronized void afterTransmission(Context.AfterTransmission call, ExecutionAttributes attributes) {
        answers++;
        failure = null;
    }

    @Override
    public synchronized void onExecutionFailure(Context.FailedExecution call, ExecutionAttributes attributes) {
        @Nullable Long before = attributes.getAttribute(ANSWERS);
        // A place that answered others meanwhile, or this call before it was slowed down, is not silent.
        if (before == null || before != answers || !AwsProblems.isSilence(call.exception())) {
            return;
        }
        if (failure == null) {
            pause = FIRST_PAUSE;
            over = clock.instant().plus(pause);
        }
        failure = call.exception();
    }
}
