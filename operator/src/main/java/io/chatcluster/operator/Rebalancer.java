package io.chatcluster.operator;

import io.chatcluster.operator.status.PodCalls;
import io.chatcluster.operator.status.PodReports;
import io.javaoperatorsdk.operator.processing.event.ResourceID;
import jakarta.annotation.PostConstruct;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jboss.logging.Logger;

/** Asks over-full chat pods to hand clients over, after others joined them. */
@ApplicationScoped
public class Rebalancer {
    private static final Logger LOG = Logger.getLogger(Rebalancer.class);
    private static final Duration INTERVAL = Duration.ofSeconds(5);
    private static final int ACCEPTED = 202;

    private final PodReports reports;
    private final PodCalls calls = new PodCalls();
    private final ScheduledExecutorService clock = Executors.newSingleThreadScheduledExecutor(
            // Not in the name of the ChatCluster whose reconciliation happened to start it.
            Thread.ofVirtual()
                    .name("rebalancer")
                    .inheritInheritableThreadLocals(false)
                    .factory());
    private final Map<ResourceID, Rebalancing.Progress> progress = new ConcurrentHashMap<>();
    private final Set<ResourceID> settled = ConcurrentHashMap.newKeySet();

    Rebalancer(PodReports reports) {
        this.reports = reports;
    }

    @PostConstruct
    void start() {
        clock.scheduleWithFixedDelay(this::lookAtAll, INTERVAL.toMillis(), INTERVAL.toMillis(), TimeUnit.MILLISECONDS);
    }

    @PreDestroy
    void stop() {
        clock.shutdownNow();
        calls.close();
    }

    /** Whether the pods of a ChatCluster are all there and to stay: while they come and go, clients move anyway. */
    void consider(ResourceID cluster, boolean isSettled) {
        if (isSettled) {
            settled.add(cluster);
        } else {
            settled.remove(cluster);
        }
    }

    void forget(ResourceID cluster) {
        settled.remove(cluster);
        progress.remove(cluster);
    }

    private void lookAtAll() {
        for (var cluster : settled) {
            try {
                look(cluster);
            } catch (RuntimeException e) {
                LOG.warnf(e, "Cannot rebalance the clients of %s", cluster);
            }
        }
    }

    private void look(ResourceID cluster) {
        var known = progress.get(cluster);
        var loads = reports.loads(cluster, known == null ? Instant.MIN : known.busyUntil());
        if (loads.isEmpty()) {
            return;
        }
        var now = Instant.now();
        var before = known == null ? Rebalancing.start(readySince(loads.get().keySet()), now) : known;
        var counted = loads.get().entrySet().stream()
                .map(load -> new Rebalancing.Load(load.getKey().pod(), load.getValue()))
                .toList();
        var step = Rebalancing.next(before, counted, now);
        progress.put(cluster, step.progress());
        step.sheds()
                .forEach(shed -> loads.get().keySet().stream()
                        .filter(target -> target.pod().equals(shed.pod()))
                        .forEach(target -> calls.start(() -> ask(cluster, target, shed))));
    }

    private static Map<String, Instant> readySince(Set<PodReports.Target> pods) {
        var readySince = new HashMap<String, Instant>();
        for (var pod : pods) {
            var since = pod.readySince();
            if (since != null) {
                readySince.put(pod.pod(), since);
            }
        }
        return readySince;
    }

    private void ask(ResourceID cluster, PodReports.Target target, Rebalancing.Shed shed) {
        if (!isAccepted(target, shed)) {
            progress.computeIfPresent(cluster, (_, at) -> at.without(shed));
        }
    }

    private boolean isAccepted(PodReports.Target target, Rebalancing.Shed shed) {
        var address = target.url(
                String.format(Locale.ROOT, "/shed?share=%.4f&perSecond=%.2f", shed.share(), shed.perSecond()));
        var request = HttpRequest.newBuilder(URI.create(address))
                .POST(BodyPublishers.noBody())
                .build();
        try {
            var status = calls.answer(request).statusCode();
            LOG.infof("Pod %s answers %d to %s", target.pod(), status, request.uri());
            return status == ACCEPTED;
        } catch (IOException | RuntimeException e) {
            LOG.infof("Pod %s does not answer %s: %s", target.pod(), request.uri(), e.getMessage());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return false;
    }
}
