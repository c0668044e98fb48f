package io.chatcluster.operator;

import io.chatcluster.operator.metrics.Leader;
import io.fabric8.kubernetes.client.extended.leaderelection.LeaderCallbacks;
import io.javaoperatorsdk.operator.api.config.LeaderElectionConfiguration;
import io.javaoperatorsdk.operator.api.config.LeaderElectionConfigurationBuilder;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.arc.Unremovable;
import io.quarkus.runtime.Quarkus;
import io.quarkus.runtime.ShutdownEvent;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.Default;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Duration;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;
import org.jboss.logging.Logger;
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
    private static final Logger LOG = Logger.getLogger(Leadership.class);

    static final String LEASE = "chatcluster-operator";

    /** How long a lost leader is missed. */
    static final Duration LEASE_DURATION = Duration.ofSeconds(15);

    private static final Duration RENEW_DEADLINE = Duration.ofSeconds(10);
    private static final Duration RETRY_PERIOD = Duration.ofSeconds(2);

    private final String instance;
    private final Runnable end;
    private volatile @Nullable String leader;
    private volatile boolean ending;

    @Inject
    Leadership(OperatorConfig config, MeterRegistry registry) {
        this(config, registry, () -> Quarkus.asyncExit(1));
    }

    Leadership(OperatorConfig config, MeterRegistry registry, Runnable end) {
        this.instance = config.instance();
        this.end = end;
        registry.gauge("chatcluster.operator.leader", this, self -> self.isLeading() ? 1 : 0);
    }

    @Produces
    @Singleton
    @Unremovable
    LeaderElectionConfiguration election(OperatorConfig config) {
        return LeaderElectionConfigurationBuilder.aLeaderElectionConfiguration(LEASE)
                .withLeaseNamespace(config.namespace())
                .withIdentity(config.instance())
                .withLeaseDuration(LEASE_DURATION)
                .withRenewDeadline(RENEW_DEADLINE)
                .withRetryPeriod(RETRY_PERIOD)
                .withLeaderCallbacks(new LeaderCallbacks(() -> {}, this::lose, holder -> leader = holder))
                .build();
    }

    void prepareToEnd(@Observes @Priority(1) ShutdownEvent event) {
        ending = true;
    }

    /** The election is over for a process that lost the Lease: only another start lets it take part again. */
    private void lose() {
        leader = null;
        if (!ending) {
            LOG.errorf("The Lease %s could not be renewed within %s: this process ends", LEASE, RENEW_DEADLINE);
            end.run();
        }
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
