package io.chatcluster.chat.operations;

import io.opentelemetry.api.trace.Tracer;
import io.opentelemetry.api.trace.TracerProvider;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;

/** Gives the service's spans their tracer: one that makes none where there are no traces, for the disabled SDK makes them in vain. */
@ApplicationScoped
public class Tracing {

    private final Tracer tracer;

    @Inject
    Tracing(ChatConfig config, Tracer tracer) {
        this.tracer = config.traces() ? tracer : TracerProvider.noop().get("chat");
    }

    public Tracer tracer() {
        return tracer;
    }
}
