package io.chatcluster.operator.status;

import io.chatcluster.operator.plan.TakenUp;
import io.chatcluster.operator.status.PodReports.Target;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalLong;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** Puts the pods' reports side by side: who heard whom. */
final class Deliveries {
    /** A canary is sent every 5 s: three may be lost or late before it counts. */
    private static final Duration LATELY = Duration.ofSeconds(20);

    /** A report is asked for every 10 s: one answer may fail to come before it counts. */
    private static final Duration REPORT_LIFETIME = Duration.ofSeconds(25);

    private static final int[] LATENCY_BOUNDS_MILLIS = {250, 1_000, 5_000, 20_000};

    private Deliveries() {}

    /** A report and when it came. */
    record Received(PodReport report, Instant at) {}

    static List<PodState> states(Collection<Target> pods, Map<String, Received> reports, Instant now) {
        return pods.stream()
                .sorted(Comparator.comparing(Target::pod))
                .map(pod -> state(pod.pod(), reachable(pod, pods), reports, now))
                .toList();
    }

    /** The pods that a pod's canary comes to by Redis, itself among them. */
    private static List<String> reachable(Target sender, Collection<Target> pods) {
        return pods.stream()
                .filter(pod -> Objects.equals(pod.redisSecret(), sender.redisSecret()))
                .map(Target::pod)
                .toList();
    }

    private static PodState state(String pod, Collection<String> pods, Map<String, Received> reports, Instant now) {
        var own = reports.get(pod);
        if (own == null || old(own, now)) {
            return PodState.silent(pod, now);
        }
        var latency = slowest(pod, pods, reports, now);
        return new PodState(
                pod,
                true,
                own.report().connections(),
                own.report().redis().stream()
                        .filter(shard -> !shard.connected())
                        .map(PodReport.Shard::shard)
                        .sorted()
                        .toList(),
                latency.isPresent(),
                now,
                latency.isPresent() ? bound(latency.getAsLong()) : null,
                error(own.report()),
                takenUp(own.report()));
    }

    private static TakenUp takenUp(PodReport report) {
        return new TakenUp(
                true,
                report.signingKeys() == null ? Set.of() : Set.copyOf(report.signingKeys()),
                // A server that it is not connected to may take it for the former user once it is back.
                report.redis().stream()
                        .map(shard -> shard.user() == null ? "" : shard.user())
                        .collect(Collectors.toUnmodifiableSet()),
                report.shardLists());
    }

    private static @Nullable String error(PodReport report) {
        var canary = report.canary();
        return canary == null ? null : canary.lastError();
    }

    private static OptionalLong slowest(
            String sender, Collection<String> pods, Map<String, Received> reports, Instant now) {
        return pods.stream()
                .filter(listener -> pods.size() == 1 || !listener.equals(sender))
                .map(reports::get)
                .filter(received -> received != null && !old(received, now))
                .flatMap(received -> heard(received).stream()
                        .filter(heard -> heard.pod().equals(sender))
                        .filter(heard ->
                                heard.at() >= received.at().minus(LATELY).toEpochMilli()))
                .mapToLong(PodReport.Heard::latencyMillis)
                .max();
    }

    private static List<PodReport.Heard> heard(Received received) {
        var canary = received.report().canary();
        return canary == null ? List.of() : canary.heard();
    }

    static boolean old(Received received, Instant now) {
        return received.at().plus(REPORT_LIFETIME).isBefore(now);
    }

    private static int bound(long latencyMillis) {
        return IntStream.of(LATENCY_BOUNDS_MILLIS)
                .filter(bound -> latencyMillis <= bound)
                .findFirst()
                .orElse(LATENCY_BOUNDS_MILLIS[LATENCY_BOUNDS_MILLIS.length - 1]);
    }
}
