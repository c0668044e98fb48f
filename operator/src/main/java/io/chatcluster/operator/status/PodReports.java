package io.chatcluster.operator.status;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.javaoperatorsdk.operator.processing.event.ResourceID;
import jakarta.annotation.PostConstruct;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Asks every chat pod that takes traffic for its report, and those that do not what they lack, every 10 s, and tells when what
 * they say together changed.
 */
@ApplicationScoped
public class PodReports implements ConnectionReadings {
    private static final Logger LOG = Logger.getLogger(PodReports.class);
    private static final Duration INTERVAL = Duration.ofSeconds(10);

    private final ObjectMapper json;
    private final PodCalls calls = new PodCalls();
    private final ScheduledExecutorService clock = Executors.newSingleThreadScheduledExecutor(Thread.ofVirtual()
            .name("pod-reports")
            .inheritInheritableThreadLocals(false)
            .factory());
    private final Map<ResourceID, Watched> watched = new ConcurrentHashMap<>();
    private final ReadinessProblems problems;
    private volatile Consumer<ResourceID> listener = ignored -> {};

    protected PodReports(ObjectMapper json) {
        this.json = json;
        problems = new ReadinessProblems(json, calls, cluster -> listener.accept(cluster));
    }

    /**
     * A chat pod that runs.
     *
     * @param port its management port
     * @param redisSecret what Redis servers let it in by, which let in none that comes with another; absent where they ask for nothing
     * @param readySince since when it takes traffic; absent where it does not
     */
    public record Target(
            String pod,
            String address,
            int port,
            Map<String, String> labels,
            @Nullable String redisSecret,
            @Nullable Instant readySince) {
        public static final int MANAGEMENT_PORT = 9000;

        /** Address of something on the pod's management port. */
        public String url(String path) {
            return "http://%s:%d%s".formatted(address.contains(":") ? "[" + address + "]" : address, port, path);
        }
    }

    private static final class Watched {
        private final Map<String, Deliveries.Received> reports = new ConcurrentHashMap<>();
        private final Set<Target> asked = ConcurrentHashMap.newKeySet();
        private volatile List<Target> targets = List.of();
        private volatile List<PodState> told = List.of();

        private Map<String, PodState> known = Map.of();

        synchronized List<PodState> states(Instant now) {
            var states = Deliveries.states(targets, reports, now).stream()
                    .map(state -> state.after(known.get(state.pod())))
                    .toList();
            known = states.stream().collect(Collectors.toUnmodifiableMap(PodState::pod, Function.identity()));
            return states;
        }

        Optional<Map<Target, Integer>> loads(Instant since, Instant now) {
            var loads = new HashMap<Target, Integer>();
            for (var target : targets) {
                var received = reports.get(target.pod());
                if (received == null
                        || received.at().isBefore(since)
                        || Deliveries.old(received, now)
                        || received.report().draining()) {
                    return Optional.empty();
                }
                loads.put(target, received.report().connections());
            }
            return Optional.of(loads);
        }

        Stream<Reading> readings(String namespace, Instant now) {
            return targets.stream()
                    .flatMap(target -> Stream.ofNullable(reports.get(target.pod()))
                            .filter(received -> !Deliveries.old(received, now))
                            .map(received -> new Reading(
                                    namespace,
                                    target.pod(),
                                    target.labels(),
                                    received.report().connections(),
                                    received.at())));
        }
    }

    @PostConstruct
    void start() {
        clock.scheduleAtFixedRate(this::askAll, INTERVAL.toMillis(), INTERVAL.toMillis(), TimeUnit.MILLISECONDS);
    }

    @PreDestroy
    void stop() {
        clock.shutdownNow();
        calls.close();
    }

    /** Sets who is told that a ChatCluster's pods say something new. */
    public void onChange(Consumer<ResourceID> listener) {
        this.listener = listener;
    }

    /** From now on asks these pods of a ChatCluster, and returns what is known of them. New ones are asked at once. */
    public List<PodState> watch(ResourceID cluster, List<Target> targets) {
        var entry = watched.computeIfAbsent(cluster, ignored -> new Watched());
        var added = targets.stream().anyMatch(target -> !entry.targets.contains(target));
        entry.targets = List.copyOf(targets);
        entry.reports.keySet().retainAll(targets.stream().map(Target::pod).toList());
        if (added) {
            ask(cluster, entry);
        }
        var states = entry.states(Instant.now());
        entry.told = states;
        return states;
    }

    /**
     * From now on asks these pods of a ChatCluster, which are not ready, why that is so; new ones at once.
     *
     * @return what is known of them, by name of those pods that name a problem
     */
    public Map<String, String> problems(ResourceID cluster, List<Target> targets) {
        return problems.watch(cluster, targets);
    }

    @Override
    public List<Reading> in(String namespace) {
        var now = Instant.now();
        return watched.entrySet().stream()
                .filter(entry ->
                        entry.getKey().getNamespace().filter(namespace::equals).isPresent())
                .flatMap(entry -> entry.getValue().readings(namespace, now))
                .toList();
    }

    /** As {@link #in}, of one ChatCluster. */
    public List<Reading> of(ResourceID cluster) {
        var entry = watched.get(cluster);
        return entry == null
                ? List.of()
                : entry.readings(cluster.getNamespace().orElseThrow(), Instant.now())
                        .toList();
    }

    /** Connections of every pod of a ChatCluster that takes traffic; absent where one drains or has not answered since. */
    public Optional<Map<Target, Integer>> loads(ResourceID cluster, Instant since) {
        return Optional.ofNullable(watched.get(cluster)).flatMap(entry -> entry.loads(since, Instant.now()));
    }

    public void forget(ResourceID cluster) {
        watched.remove(cluster);
        problems.forget(cluster);
    }

    private void askAll() {
        watched.forEach(this::ask);
        problems.askAll();
    }

    /** Does not wait for the answers: the pods of others are not to be late because some of these do not answer. */
    private void ask(ResourceID cluster, Watched entry) {
        calls.start(() -> askAndTell(cluster, entry));
    }

    private void askAndTell(ResourceID cluster, Watched entry) {
        try {
            var answers = entry.targets.stream()
                    .filter(entry.asked::add)
                    .map(target -> calls.start(() -> ask(target, entry)))
                    .toList();
            for (var answer : answers) {
                answer.get();
            }
            if (!entry.states(Instant.now()).equals(entry.told)) {
                listener.accept(cluster);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (java.util.concurrent.ExecutionException | RuntimeException e) {
            LOG.warnf(e, "Cannot evaluate the reports of the chat pods of %s", cluster);
        }
    }

    private void ask(Target target, Watched entry) {
        var request = HttpRequest.newBuilder(URI.create(target.url("/status"))).build();
        try {
            var answer = calls.answer(request);
            if (answer.statusCode() == 200) {
                var report = json.readValue(answer.body(), PodReport.class);
                entry.reports.put(target.pod(), new Deliveries.Received(report, Instant.now()));
            } else {
                LOG.debugf("Pod %s answers %d to %s", target.pod(), answer.statusCode(), request.uri());
            }
        } catch (IOException e) {
            LOG.debugf(e, "Pod %s does not answer %s", target.pod(), request.uri());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            entry.asked.remove(target);
        }
    }
}
