package io.chatcluster.chat.operations;

import io.chatcluster.chat.auth.SigningKeys;
import io.chatcluster.chat.delivery.Broker;
import io.quarkus.vertx.http.ManagementInterface;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.Any;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Inject;

/** {@code GET /status} on the management port: what the operator asks every pod. */
@ApplicationScoped
public class StatusRoute {

    private final ChatConfig config;
    private final Drain drain;
    private final Canary canary;
    private final Broker broker;
    private final SigningKeys keys;
    private final Instance<ConnectionCount> connections;
    private final String configuration;

    @Inject
    public StatusRoute(
            ChatConfig config,
            Drain drain,
            Canary canary,
            Broker broker,
            SigningKeys keys,
            @Any Instance<ConnectionCount> connections) {
        this.config = config;
        this.drain = drain;
        this.canary = canary;
        this.broker = broker;
        this.keys = keys;
        this.connections = connections;
        this.configuration = ConfigurationDigest.ofRunning();
    }

    void register(@Observes ManagementInterface management) {
        management
                .router()
                .get("/status")
                // It may read a file.
                .blockingHandler(
                        request -> request.response()
                                .putHeader("Content-Type", "application/json")
                                .end(status().toBuffer()),
                        false);
    }

    private JsonObject status() {
        return new JsonObject()
                .put("pod", config.pod())
                .put("draining", drain.draining())
                .put(
                        "connections",
                        connections.stream()
                                .mapToInt(ConnectionCount::connections)
                                .sum())
                .put("configuration", configuration)
                .put("redis", redis())
                .put("shardLists", new JsonArray(broker.shardLists()))
                .put("signingKeys", new JsonArray(keys.ids()))
                .put("canary", canary());
    }

    private JsonArray redis() {
        JsonArray shards = new JsonArray();
        broker.shards()
                .forEach(shard -> shards.add(new JsonObject()
                        .put("shard", shard.shard())
                        .put("connected", shard.connected())
                        .put("user", shard.user())));
        return shards;
    }

    private JsonObject canary() {
        Canary.Report report = canary.report();
        JsonArray heard = new JsonArray();
        report.heard()
                .forEach((pod, h) -> heard.add(
                        new JsonObject().put("pod", pod).put("at", h.at()).put("latencyMillis", h.latencyMillis())));
        return new JsonObject()
                .put("sentAt", report.sentAt())
                .put("lastError", report.lastError())
                .put("heard", heard);
    }
}
