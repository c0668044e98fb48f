package io.chatcluster.chat.operations;

import io.quarkus.runtime.StartupEvent;
import io.vertx.core.Vertx;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import java.time.Duration;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Liveness;

/** Alive while an event loop still runs its timer. */
@Liveness
@ApplicationScoped
public class EventLoopLiveness implements HealthCheck {

    private static final Duration PERIOD = Duration.ofSeconds(1);
    private static final Duration SILENCE_MAX = Duration.ofSeconds(15);

    private final Vertx vertx;
    private volatile long ranAt = System.nanoTime();

    @Inject
    public EventLoopLiveness(Vertx vertx) {
        this.vertx = vertx;
    }

    void start(@Observes StartupEvent event) {
        vertx.setPeriodic(PERIOD.toMillis(), timer -> ranAt = System.nanoTime());
    }

    @Override
    public HealthCheckResponse call() {
        long silentMillis = (System.nanoTime() - ranAt) / 1_000_000;
        return HealthCheckResponse.named("event loop")
                .status(silentMillis < SILENCE_MAX.toMillis())
                .withData("silentMillis", silentMillis)
                .build();
    }
}
