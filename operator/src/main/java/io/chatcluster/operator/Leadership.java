package io.chatcluster.operator;

import io.chatcluster.operator.metrics.Leader;
import io.fabric8.kubernetes.client.extended.leaderelection.LeaderCallbacks;
import io.javaoperatorsdk.operator.api.config.LeaderElectionConfiguration;
import io.javaoperatorsdk.operator.api.config.LeaderElectionConfigurationBuilder;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.arc.Unremovable;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Default;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.time.Duration;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;
import org.jspecify.annotations.Nullable;

/**
 * Of all operator pods only the one that holds the Lease writes. The others keep their caches warm, and one of them takes over
 * at once when the leader goes in order, or when the Lease has run out where it was lost. A leader that cannot renew
 * its Lease ends, and starts again as one of the others.
 */
@Default // which @Readiness, a qualifier, would take away
@Readiness
@ApplicationScoped
public class Leadership implements HealthCheck, Leader {
    static final String LEASE = "chatcluster-operator";

    /** How long a lost leader is missed. */
    static final Duration LEASE_DURATION = Duration.ofSeconds(15);

    private static final Duration RENEW_DEADLINE = Duration.ofSeconds(10);
    private static final Duration RETRY_PERIOD = Duration.ofSeconds(2);

    private final String instance;
    private volatile @Nullable String leader;

    Leadership(OperatorConfig config, MeterRegistry registry) {
        this.instance = config.instance();
        registry.gauge("chatcluster.operator.leader", this, self -> self.isLeading() ? 1 : 0);
    }

    @Produces
    @Singleton
    @Unremovable
    LeaderElectionConfiguration election(OperatorConfig config) {
        return of(config, new LeaderCallbacks(() -> {}, () -> leader = null, holder -> leader = holder))
                .build();
    }

    static LeaderElectionConfigurationBuilder of(OperatorConfig config, LeaderCallbacks callbacks) {
        return LeaderElectionConfigurationBuilder.aLeaderElectionConfiguration(LEASE)
                .withLeaseNamespace(config.namespace())
                .withIdentity(config.instance())
                .withLeaseDuration(LEASE_DURATION)
                .withRenewDeadline(RENEW_DEADLINE)
                .withRetryPeriod(RETRY_PERIOD)
                .withLeaderCallbacks(callbacks);
    }

    @Override
    public boolean isLeading() {
        return instance.equals(leader);
    }

    /** Ready while it knows who leads, itself or another: it then takes part in the election. */
    @Override
    public HealthCheckResponse call() {
        var known = leader;
        var response = HealthCheckResponse.named("leadership").status(known != null);
        return known == null
                ? response.build()
                : response.withData("leader", known)
                        .withData("leading", isLeading())
                        .build();
    }
}
