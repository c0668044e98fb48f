package io.chatcluster.chat.operations;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;

/**
 * Ready once the pod's own canary message was committed and came back through Redis, so that an upgrade goes on to the next pod
 * only when this one delivers. Checked once: later silence is reported, and does not take the pod out of service. Where a
 * message was committed and Redis stays silent, the pod is ready a little later all the same, since Redis only makes delivery fast.
 */
@Readiness
@ApplicationScoped
public class CanaryReadiness implements HealthCheck {
    static final Duration PATIENCE = Duration.ofSeconds(30);

    private final Canary canary;
    private final String pod;
    private volatile boolean passed;

    @Inject
    public CanaryReadiness(Canary canary, ChatConfig config) {
        this.canary = canary;
        this.pod = config.pod();
    }

    @Override
    public HealthCheckResponse call() {
        Canary.Report report = canary.report();
        passed = passed || delivers(pod, report, Instant.now());
        var response = HealthCheckResponse.named("canary").status(passed);
        return passed || report.lastError() == null
                ? response.build()
                : response.withData("problem", report.lastError()).build();
    }

    static boolean delivers(String pod, Canary.Report report, Instant now) {
        if (report.firstCommitAt() == 0) {
            return false;
        }
        return report.heard().containsKey(pod)
                || !now.isBefore(Instant.ofEpochMilli(report.firstCommitAt()).plus(PATIENCE));
    }
}
