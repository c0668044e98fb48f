package io.chatcluster.operator.metrics;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.chatcluster.operator.status.ConnectionReadings;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.quarkus.runtime.StartupEvent;
import io.vertx.core.Vertx;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Serves {@code chat_connections} of the chat pods as custom.metrics.k8s.io, where the installation asks for it and as long as
 * nobody else serves that API. Looks every 30 s whether that, the certificates or the API server's authority changed.
 */
@ApplicationScoped
public class CustomMetrics {
    private static final Logger LOG = Logger.getLogger(CustomMetrics.class);
    private static final Duration INTERVAL = Duration.ofSeconds(30);

    /** How long the API may lead nowhere after another operator has taken over. */
    private static final Duration TAKE_OVER = Duration.ofSeconds(2);

    private final CustomMetricsConfig config;
    private final KubernetesClient client;
    private final ObjectMapper json;
    private final Leader leader;
    private final ApiRegistration registration;
    private final Identity identity = new Identity();
    private final CustomMetricsServer server;
    private final ScheduledExecutorService clock = Executors.newSingleThreadScheduledExecutor(
            // With the class loader of who starts it, which Quarkus' beans need that are made on this thread.
            Thread.ofVirtual().name("custom-metrics").factory());
    private Instant due = Instant.MIN;
    private @Nullable String told;

    CustomMetrics(
            CustomMetricsConfig config,
            @ConfigProperty(name = "chatcluster.namespace") String namespace,
            KubernetesClient client,
            ObjectMapper json,
            ConnectionReadings readings,
            Leader leader,
            Vertx vertx) {
        this.config = config;
        this.client = client;
        this.json = json;
        this.leader = leader;
        this.registration = new ApiRegistration(client, config, namespace);
        this.server = new CustomMetricsServer(vertx, client, json, new CustomMetricsApi(readings), identity);
    }

    void start(@Observes StartupEvent event) throws ExecutionException, InterruptedException {
        if (config.enabled()) {
            listen();
            clock.scheduleWithFixedDelay(() -> tend(Instant.now()), 0, TAKE_OVER.toMillis(), TimeUnit.MILLISECONDS);
        }
    }

    void listen() throws ExecutionException, InterruptedException {
        server.listen(config.port());
    }

    @PreDestroy
    void stop() {
        clock.shutdownNow();
        server.close();
    }

    int port() {
        return server.port();
    }

    /** Only the operator that leads asks chat pods: the API leads to it, and to another as soon as that one leads. */
    void tend(Instant now) {
        try {
            if (!leader.isLeading()) {
                due = Instant.MIN;
            } else if (!now.isBefore(due)) {
                due = now.plus(INTERVAL);
                look(now);
            }
        } catch (GeneralSecurityException | RuntimeException e) {
            // An exception that leaves a scheduled task ends it for good.
            LOG.warnf(e, "The metrics API cannot be kept up; tried again within %s", INTERVAL);
        }
    }

    void look(Instant now) throws GeneralSecurityException {
        var settings = client.configMaps()
                .inNamespace("kube-system")
                .withName("extension-apiserver-authentication")
                .require()
                .getData();
        identity.trust(FrontProxy.of(Objects.requireNonNullElse(settings, Map.of()), json));
        var certificate = registration.certificate(now);
        var other = registration.other();
        if (other != null) {
            tell("%s serves %s: this operator leaves it the API, so chat_connections must come from there."
                    .formatted(other, CustomMetricsApi.GROUP));
            registration.withdraw();
            return;
        }
        // Trusted before it is served.
        registration.publish(certificate, server.port());
        identity.serve(certificate.current());
        tell("This operator serves %s.".formatted(CustomMetricsApi.GROUP_VERSION));
    }

    private void tell(String what) {
        if (!what.equals(told)) {
            LOG.info(what);
            told = what;
        }
    }
}
