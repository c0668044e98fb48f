package io.chatcluster.operator.status;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.chatcluster.operator.status.PodReports.Target;
import io.javaoperatorsdk.operator.processing.event.ResourceID;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.jboss.logging.Logger;

/** Asks chat pods that run and are not ready why that is so, and tells when one says something new. */
final class ReadinessProblems {
    private static final Logger LOG = Logger.getLogger(ReadinessProblems.class);
    /** Characters, of all that one pod says. */
    private static final int LONGEST = 500;

    private final ObjectMapper json;
    private final PodCalls calls;
    private final Consumer<ResourceID> listener;
    private final Map<ResourceID, Watched> watched = new ConcurrentHashMap<>();

    ReadinessProblems(ObjectMapper json, PodCalls calls, Consumer<ResourceID> listener) {
        this.json = json;
        this.calls = calls;
        this.listener = listener;
    }

    /** Pods of one ChatCluster, and what each of them has said. */
    private record Watched(List<Target> targets, Map<String, String> said, Set<Target> asked) {}

    /**
     * From now on asks these pods of a ChatCluster, new ones at once.
     *
     * @return what is known of them, by name of those pods that name a problem
     */
    Map<String, String> watch(ResourceID cluster, List<Target> targets) {
        if (targets.isEmpty()) {
            watched.remove(cluster);
            return Map.of();
        }
        var before = watched.get(cluster);
        var names = targets.stream().map(Target::pod).collect(Collectors.toSet());
        var said = new ConcurrentHashMap<>(before == null ? Map.<String, String>of() : before.said());
        said.keySet().retainAll(names);
        if (before == null || !before.targets().equals(targets)) {
            var entry = new Watched(List.copyOf(targets), said, ConcurrentHashMap.newKeySet());
            watched.put(cluster, entry);
            ask(cluster, entry);
        }
        return Map.copyOf(said);
    }

    void forget(ResourceID cluster) {
        watched.remove(cluster);
    }

    void askAll() {
        watched.forEach(this::ask);
    }

    private void ask(ResourceID cluster, Watched entry) {
        entry.targets().stream()
                .filter(entry.asked()::add)
                .forEach(target -> calls.start(() -> {
                    try {
                        ask(cluster, target, entry);
                    } finally {
                        entry.asked().remove(target);
                    }
                }));
    }

    private void ask(ResourceID cluster, Target target, Watched entry) {
        var request = HttpRequest.newBuilder(URI.create(target.url("/q/health/ready")))
                .build();
        try {
            var problem = problem(json.readTree(calls.answer(request).body()));
            var before = problem.isEmpty()
                    ? entry.said().remove(target.pod())
                    : entry.said().put(target.pod(), problem);
            if (!problem.equals(before == null ? "" : before)) {
                listener.accept(cluster);
            }
        } catch (IOException e) {
            LOG.debugf(e, "Pod %s does not answer %s", target.pod(), request.uri());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** What the checks that do not hold give as their problem; a check that just waits has none. */
    private static String problem(JsonNode answer) {
        var problems = answer.path("checks")
                .valueStream()
                .filter(check -> check.path("status").asText().equals("DOWN"))
                .filter(check -> check.path("data").has("problem"))
                .map(check -> check.path("name").asText() + ": "
                        + check.path("data").path("problem").asText())
                .collect(Collectors.joining("; "))
                .replaceAll("\\p{Cntrl}+", " ");
        return problems.length() > LONGEST ? problems.substring(0, LONGEST) + "…" : problems;
    }
}
