package io.chatcluster.operator;

import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Which chat pods are to hand clients over after others joined them. A client that is asked to reconnect may come back to the
 * same pod, so it goes in rounds: each asks for what the newest counts say, until they are close enough. Every client is
 * asked once on average, then no more until another pod joins: what spreads clients may not want them even.
 */
final class Rebalancing {
    /** Of all clients, asked in a second. */
    static final double SHARE_PER_SECOND = 0.01;

    /** Longest round. Counts are old after that. */
    static final Duration ROUND = Duration.ofSeconds(30);

    /** For those who were asked last to be back and counted. */
    static final Duration SETTLING = Duration.ofSeconds(15);

    /** How long a pod that is ready has joined for an operator that did not see it do so. To ask every client takes less. */
    static final Duration NEWCOMER = Duration.ofMinutes(5);

    /** What a pod may have above the average: a share of it, or so many where that is more. */
    private static final double TOLERATED_SHARE = 0.1;

    private static final int TOLERATED = 10;

    private Rebalancing() {}

    /** A chat pod that takes traffic. */
    record Load(String pod, int connections) {}

    /**
     * A request to a pod.
     *
     * @param share of its clients, above 0 and at most 1
     * @param perSecond clients a second
     * @param clients about how many that are
     */
    record Shed(String pod, double share, double perSecond, int clients) {}

    /**
     * Where it stands.
     *
     * @param pods that were there
     * @param remaining clients that may still be asked
     * @param busyUntil end of the round under way
     */
    record Progress(Set<String> pods, int remaining, Instant busyUntil) {
        /** Where it stands when a pod did not do as it was asked: its clients are still to have their turn. */
        Progress without(Shed shed) {
            return new Progress(pods, remaining + shed.clients(), busyUntil);
        }
    }

    /** What to do now, and where it stands then. */
    record Step(Progress progress, List<Shed> sheds) {}

    /**
     * Where it stands for an operator that has just begun to look: another may have asked every client already.
     *
     * @param readySince by name of the pod
     */
    static Progress start(Map<String, Instant> readySince, Instant now) {
        var there = readySince.entrySet().stream()
                .filter(pod -> !pod.getValue().plus(NEWCOMER).isAfter(now))
                .map(Map.Entry::getKey)
                .collect(Collectors.toSet());
        return new Progress(there, 0, Instant.MIN);
    }

    /**
     * The next step.
     *
     * @param loads all pods, as counted after the last round
     */
    static Step next(Progress progress, List<Load> loads, Instant now) {
        var pods = loads.stream().map(Load::pod).collect(Collectors.toSet());
        var total = loads.stream().mapToInt(Load::connections).sum();
        var joined = !progress.pods().containsAll(pods);
        var remaining = joined ? total : progress.remaining();
        var seen = joined ? pods : intersection(progress.pods(), pods);
        var idle = new Step(new Progress(seen, remaining, progress.busyUntil()), List.of());
        if (now.isBefore(progress.busyUntil()) || remaining <= 0 || loads.size() < 2) {
            return idle;
        }
        var average = (double) total / loads.size();
        var tolerated = Math.max(average * TOLERATED_SHARE, TOLERATED);
        var full = loads.stream()
                .filter(load -> load.connections() - average > tolerated)
                .toList();
        if (full.isEmpty()) {
            return idle;
        }
        return round(new Progress(seen, remaining, now), full, average, total);
    }

    private static Step round(Progress progress, List<Load> full, double average, int total) {
        var excess =
                full.stream().mapToDouble(load -> load.connections() - average).sum();
        var perSecond = Math.max(1, total * SHARE_PER_SECOND);
        var asked = Math.min(Math.min(excess, perSecond * ROUND.toSeconds()), progress.remaining());
        var sheds = full.stream()
                .map(load -> {
                    var part = (load.connections() - average) / excess;
                    return new Shed(load.pod(), Math.min(1, asked * part / load.connections()), perSecond * part, (int)
                            Math.ceil(asked * part));
                })
                .toList();
        var turns = sheds.stream().mapToInt(Shed::clients).sum();
        var end = progress.busyUntil()
                .plusMillis((long) (asked / perSecond * 1_000))
                .plus(SETTLING);
        return new Step(new Progress(progress.pods(), progress.remaining() - turns, end), sheds);
    }

    private static Set<String> intersection(Set<String> one, Set<String> other) {
        var both = new HashSet<>(one);
        both.retainAll(other);
        return both;
    }
}
