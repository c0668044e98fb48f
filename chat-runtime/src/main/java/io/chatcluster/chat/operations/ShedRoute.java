package io.chatcluster.chat.operations;

import io.quarkus.vertx.http.ManagementInterface;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import java.util.OptionalDouble;

/**
 * {@code POST /shed?share=0.1} on the management port asks that share of the live connections to reconnect, at most one
 * percent of them a second or as many as {@code perSecond} says.
 */
@ApplicationScoped
public class ShedRoute {
    private static final String SHARE = "share";
    private static final String PER_SECOND = "perSecond";

    private final ConnectionShedding shedding;

    @Inject
    public ShedRoute(ConnectionShedding shedding) {
        this.shedding = shedding;
    }

    void register(@Observes ManagementInterface management) {
        management.router().post("/shed").handler(this::shed);
    }

    private void shed(RoutingContext request) {
        double share;
        OptionalDouble perSecond;
        try {
            share = number(request.request(), SHARE).orElse(Double.NaN);
            perSecond = number(request.request(), PER_SECOND);
        } catch (NumberFormatException malformed) {
            answer(request, 400, new JsonObject().put("problem", "share and perSecond must be numbers"));
            return;
        }
        if (!(share > 0 && share <= 1)) {
            answer(request, 400, new JsonObject().put("problem", "share must be above 0 and at most 1"));
        } else if (perSecond.isPresent() && !(perSecond.getAsDouble() > 0)) {
            answer(request, 400, new JsonObject().put("problem", "perSecond must be above 0"));
        } else {
            shedding.shed(share, perSecond)
                    .ifPresentOrElse(
                            begun -> answer(
                                    request,
                                    202,
                                    new JsonObject()
                                            .put("connections", begun.connections())
                                            .put(PER_SECOND, begun.perSecond())),
                            () -> answer(
                                    request,
                                    409,
                                    new JsonObject().put("problem", "an earlier request is still at work")));
        }
    }

    private static OptionalDouble number(HttpServerRequest request, String name) {
        String value = request.getParam(name);
        return value == null ? OptionalDouble.empty() : OptionalDouble.of(Double.parseDouble(value));
    }

    private static void answer(RoutingContext request, int status, JsonObject body) {
        request.response()
                .setStatusCode(status)
                .putHeader("Content-Type", "application/json")
                .end(body.toBuffer());
    }
}
