package io.chatcluster.chat.delivery;

import io.chatcluster.chat.operations.ChatConfig;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jboss.logging.Logger;

/**
 * The mounted files that say where the shards are and let a pod in, read every {@link #PERIOD}: Kubernetes replaces them
 * while the pod runs. One that cannot be read leaves what was read before in use.
 */
final class RedisFiles implements AutoCloseable {

    private static final Duration PERIOD = Duration.ofSeconds(1);
    private static final Logger LOG = Logger.getLogger(RedisFiles.class);

    private final ChatConfig.Redis config;
    private final ScheduledExecutorService scheduler = Executors.newSingleThreadScheduledExecutor(
            Thread.ofVirtual().name("redis-files").factory());
    private volatile RedisAccess access;
    private volatile RedisPlacement placement;
    private boolean unreadable;

    /** @throws UncheckedIOException naming the key, when a file cannot be read */
    RedisFiles(ChatConfig.Redis config) {
        this.config = config;
        this.access = RedisAccess.read(config);
        this.placement = RedisPlacement.read(config);
    }

    /** @param looked called after each look, whether or not anything changed; must not block for long */
    void watch(Consumer<RedisPlacement> looked) {
        var unused = scheduler.scheduleWithFixedDelay(
                () -> look(looked), PERIOD.toMillis(), PERIOD.toMillis(), TimeUnit.MILLISECONDS);
    }

    RedisPlacement placement() {
        return placement;
    }

    RedisAccess access() {
        return access;
    }

    private void look(Consumer<RedisPlacement> looked) {
        try {
            access = RedisAccess.read(config);
            placement = RedisPlacement.read(config);
            unreadable = false;
        } catch (UncheckedIOException e) {
            if (!unreadable) {
                LOG.errorf("%s (%s); what was read before stays in use", e.getMessage(), e.getCause());
            }
            unreadable = true;
        }
        try {
            looked.accept(placement);
        } catch (RuntimeException e) {
            // An exception that leaves a scheduled task ends it for good.
            LOG.error("What the files say of Redis cannot be followed", e);
        }
    }

    @Override
    public void close() {
        scheduler.shutdownNow();
    }
}
