package io.chatcluster.chat.session;

import io.chatcluster.chat.protocol.ErrorCode;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;

/** Rate, errors and duration of commands: {@code chat_commands_seconds} by command and outcome. */
@ApplicationScoped
class CommandMetrics {
    private static final Duration[] BUCKETS = LongStream.of(5, 10, 25, 50, 100, 250, 500, 1_000, 2_500, 5_000, 15_000)
            .mapToObj(Duration::ofMillis)
            .toArray(Duration[]::new);

    private final MeterRegistry registry;
    private final ConcurrentMap<Key, Timer> timers = new ConcurrentHashMap<>();

    @Inject
    CommandMetrics(MeterRegistry registry) {
        this.registry = registry;
    }

    /**
     * Counts one command.
     *
     * @param startedAt when its handling began, by {@link System#nanoTime()}
     * @param error null when it succeeded
     */
    void count(String command, long startedAt, @Nullable ErrorCode error) {
        timers.computeIfAbsent(new Key(command, error == null ? "ok" : error.wireName()), this::timer)
                .record(Duration.ofNanos(System.nanoTime() - startedAt));
    }

    private Timer timer(Key key) {
        return Timer.builder("chat.commands")
                .description("WebSocket commands from their frame to their reply")
                .serviceLevelObjectives(BUCKETS)
                .tag("command", key.command)
                .tag("outcome", key.outcome)
                .register(registry);
    }

    private record Key(String command, String outcome) {}
}
