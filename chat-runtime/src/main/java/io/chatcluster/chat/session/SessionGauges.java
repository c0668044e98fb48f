package io.chatcluster.chat.session;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.Startup;
import jakarta.annotation.PostConstruct;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.ArrayList;
import java.util.List;
import java.util.function.ToDoubleFunction;

/** How many connections there are, and how much waits to be written to them. */
@Startup
@ApplicationScoped
class SessionGauges {
    private final Sessions sessions;
    private final MeterRegistry registry;
    private final List<Meter> gauges = new ArrayList<>();

    @Inject
    SessionGauges(Sessions sessions, MeterRegistry registry) {
        this.sessions = sessions;
        this.registry = registry;
    }

    @PostConstruct
    void register() {
        add("chat.connections", "Live WebSocket connections whose user is known", Sessions::connections);
        add("chat.sockets", "Open WebSockets, whether their user is known or not", Sessions::sockets);
        add("chat.outbox.chars", "Characters that wait to be written, of all connections", Sessions::waitingChars);
        add(
                "chat.outbox.chars.max",
                "Characters that wait to be written, of the connection with the most",
                Sessions::waitingCharsMax);
    }

    private void add(String name, String description, ToDoubleFunction<Sessions> value) {
        gauges.add(Gauge.builder(name, sessions, value)
                .description(description)
                .strongReference(true)
                .register(registry));
    }

    /** The registry may outlive the sessions, and would go on to show these. */
    @PreDestroy
    void remove() {
        gauges.forEach(registry::remove);
    }
}
