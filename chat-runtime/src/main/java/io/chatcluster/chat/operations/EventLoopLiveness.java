package io.chatcluster.chat.operations;

import io.netty.util.concurrent.EventExecutor;
import io.quarkus.runtime.StartupEvent;
import io.vertx.core.Vertx;
import io.vertx.core.impl.VertxInternal;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Liveness;

/** Alive while every event loop still runs its timer: each serves its own part of the sockets. */
@Liveness
@ApplicationScoped
public class EventLoopLiveness implements HealthCheck {

    private static final Duration PERIOD = Duration.ofSeconds(1);
    static final Duration SILENCE_MAX = Duration.ofSeconds(15);

    private final Vertx vertx;
    private final LongSupplier nanoTime;
    private final ConcurrentMap<EventExecutor, Long> ranAt = new ConcurrentHashMap<>();

    @Inject
    public EventLoopLiveness(Vertx vertx) {
        this(vertx, System::nanoTime);
    }

    EventLoopLiveness(Vertx vertx, LongSupplier nanoTime) {
        this.vertx = vertx;
        this.nanoTime = nanoTime;
    }

    void start(@Observes StartupEvent event) {
        watch(PERIOD);
    }

    void watch(Duration period) {
        for (EventExecutor loop : ((VertxInternal) vertx).getEventLoopGroup()) {
            ranAt.put(loop, nanoTime.getAsLong());
            var unused = loop.scheduleWithFixedDelay(
                    () -> ranAt.put(loop, nanoTime.getAsLong()), 0, period.toMillis(), TimeUnit.MILLISECONDS);
        }
    }

    @Override
    public HealthCheckResponse call() {
        long now = nanoTime.getAsLong();
        long silentMillis = ranAt.values().stream()
                .mapToLong(at -> (now - at) / 1_000_000)
                .max()
                .orElse(0);
        return HealthCheckResponse.named("event loop")
                .status(silentMillis < SILENCE_MAX.toMillis())
                .withData("silentMillis", silentMillis)
                .build();
    }
}
