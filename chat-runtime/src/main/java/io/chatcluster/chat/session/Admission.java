package io.chatcluster.chat.session;

import io.chatcluster.chat.message.RateLimit;
import io.chatcluster.chat.operations.ChatConfig;
import io.micrometer.core.instrument.MeterRegistry;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.Locale;
import java.util.OptionalInt;

/** Decides how many sockets this pod takes in: how fast, how many that have not said who they are, and how many at all. */
@ApplicationScoped
class Admission {

    /** What becomes of a request for a socket. */
    enum Decision {
        ADMITTED,
        /** More than {@code chat.session.accepts-per-second}. */
        TOO_FAST,
        /** As many as {@code chat.session.unauthenticated-max} have not connected yet. */
        TOO_MANY_UNAUTHENTICATED,
        /** As many as {@code chat.limits.connections-max} are here. */
        FULL,
        DRAINING;

        private final String tag = name().toLowerCase(Locale.ROOT);
    }

    private final Sessions sessions;
    private final OptionalInt connectionsMax;
    private final int unauthenticatedMax;
    private final RateLimit rate;
    private final MeterRegistry registry;

    @Inject
    Admission(Sessions sessions, ChatConfig chat, SessionConfig config, MeterRegistry registry) {
        this.sessions = sessions;
        this.connectionsMax = chat.limits().connectionsMax();
        this.unauthenticatedMax = config.unauthenticatedMax();
        this.rate = new RateLimit(config.acceptsPerSecond(), config.acceptsPerSecond(), System::nanoTime);
        this.registry = registry;
    }

    /** Decides about one request, and counts it. Never blocks. */
    Decision admit() {
        Decision decision = decide();
        registry.counter("chat.upgrades", "decision", decision.tag).increment();
        return decision;
    }

    private Decision decide() {
        if (sessions.draining()) {
            return Decision.DRAINING;
        }
        if (!inTime()) {
            return Decision.TOO_FAST;
        }
        if (connectionsMax.isPresent() && sessions.sockets() >= connectionsMax.getAsInt()) {
            return Decision.FULL;
        }
        if (sessions.unauthenticated() >= unauthenticatedMax) {
            return Decision.TOO_MANY_UNAUTHENTICATED;
        }
        return Decision.ADMITTED;
    }

    private boolean inTime() {
        synchronized (rate) {
            return rate.tryTake();
        }
    }
}
