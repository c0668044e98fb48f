package io.chatcluster.chat.session;

import io.chatcluster.chat.protocol.CloseCode;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.Startup;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;

/**
 * Counts the sockets that this service closed, by its reason: {@code chat_closes_total}. There from the start, for nobody sees the
 * first of what begins with it.
 */
@Startup
@ApplicationScoped
class CloseMetrics {
    private final Map<CloseCode, Counter> counters = new EnumMap<>(CloseCode.class);

    @Inject
    CloseMetrics(MeterRegistry registry) {
        for (CloseCode code : CloseCode.values()) {
            counters.put(
                    code,
                    Counter.builder("chat.closes")
                            .description("Sockets that this service closed")
                            .tag("reason", code.name().toLowerCase(Locale.ROOT))
                            .register(registry));
        }
    }

    void closed(CloseCode code) {
        Counter counter = counters.get(code);
        if (counter != null) {
            counter.increment();
        }
    }
}
