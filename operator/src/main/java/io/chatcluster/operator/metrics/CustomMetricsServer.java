package io.chatcluster.operator.metrics;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.fabric8.kubernetes.api.model.authorization.v1.SubjectAccessReviewBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.vertx.core.Vertx;
import io.vertx.core.http.ClientAuth;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.net.KeyCertOptions;
import io.vertx.core.net.TrustOptions;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/** Answers the API server over TLS, for callers that may know. It asks the API server who may. */
final class CustomMetricsServer implements AutoCloseable {
    private static final Logger LOG = Logger.getLogger(CustomMetricsServer.class);
    private static final int IDLE_SECONDS = 120;
    private static final int MOST_AT_ONCE = 64;
    private static final int STOP_SECONDS = 5;

    private final KubernetesClient client;
    private final ObjectMapper json;
    private final CustomMetricsApi api;
    private final Identity identity;
    private final HttpServer server;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final Semaphore places = new Semaphore(MOST_AT_ONCE);

    CustomMetricsServer(
            Vertx vertx, KubernetesClient client, ObjectMapper json, CustomMetricsApi api, Identity identity) {
        this.client = client;
        this.json = json;
        this.api = api;
        this.identity = identity;
        this.server = vertx.createHttpServer(new HttpServerOptions()
                        .setSsl(true)
                        .setUseAlpn(true)
                        .setEnabledSecureTransportProtocols(Set.of("TLSv1.2", "TLSv1.3"))
                        .setKeyCertOptions(KeyCertOptions.wrap(identity))
                        .setTrustOptions(TrustOptions.wrap(identity.callers()))
                        .setClientAuth(ClientAuth.REQUIRED)
                        .setIdleTimeout(IDLE_SECONDS))
                .requestHandler(this::handle);
    }

    private record Answer(int status, Object body) {}

    void listen(int port) throws java.util.concurrent.ExecutionException, InterruptedException {
        server.listen(port).toCompletionStage().toCompletableFuture().get();
    }

    int port() {
        return server.actualPort();
    }

    private void handle(HttpServerRequest request) {
        if (!places.tryAcquire()) {
            send(request, problem(429, "TooManyRequests", "too many questions at once"));
            return;
        }
        threads.execute(() -> {
            try {
                send(request, answer(request));
            } catch (RuntimeException e) {
                LOG.warnf(e, "Cannot answer %s", request.path());
                send(request, problem(500, "InternalError", "see the operator's log"));
            } finally {
                places.release();
            }
        });
    }

    private Answer answer(HttpServerRequest request) {
        var proxy = Objects.requireNonNull(identity.proxy());
        var caller = proxy.caller(request.headers());
        if (caller == null) {
            return problem(401, "Unauthorized", "the request does not say whose it is");
        }
        // The API server may write the asterisk either way.
        var question = CustomMetricsApi.question(
                Objects.requireNonNullElse(request.path(), "").replace("%2A", "*"));
        if (question == null) {
            return problem(404, "NotFound", "there is nothing at this path");
        }
        if (!request.method().equals(HttpMethod.GET)) {
            return problem(405, "MethodNotAllowed", "metrics can only be read");
        }
        return switch (question) {
            case CustomMetricsApi.Discovery discovery -> new Answer(200, CustomMetricsApi.discovery());
            case CustomMetricsApi.Values values ->
                may(caller, values)
                        ? values(values, request.getParam("labelSelector"))
                        : problem(403, "Forbidden", "%s may not get this".formatted(caller.user()));
        };
    }

    private Answer values(CustomMetricsApi.Values asked, @Nullable String selector) {
        try {
            return new Answer(200, api.values(asked, LabelRequirements.of(Objects.requireNonNullElse(selector, ""))));
        } catch (IllegalArgumentException malformed) {
            return problem(400, "BadRequest", malformed.getMessage());
        }
    }

    private boolean may(FrontProxy.Caller caller, CustomMetricsApi.Values asked) {
        var review = new SubjectAccessReviewBuilder()
                .withNewSpec()
                .withUser(caller.user())
                .withGroups(caller.groups())
                .withNewResourceAttributes()
                .withNamespace(asked.namespace())
                .withVerb("get")
                .withGroup(CustomMetricsApi.GROUP)
                .withVersion(CustomMetricsApi.VERSION)
                .withResource(CustomMetricsApi.RESOURCE)
                .withSubresource(CustomMetricsApi.CONNECTIONS)
                .withName(asked.pod())
                .endResourceAttributes()
                .endSpec()
                .build();
        var status =
                client.authorization().v1().subjectAccessReview().create(review).getStatus();
        return status != null && Boolean.TRUE.equals(status.getAllowed());
    }

    /** As the API server words what goes wrong, so that kubectl shows it. */
    private static Answer problem(int code, String reason, @Nullable String message) {
        return new Answer(
                code,
                Map.of(
                        "kind",
                        "Status",
                        "apiVersion",
                        "v1",
                        "metadata",
                        Map.of(),
                        "status",
                        "Failure",
                        "message",
                        String.valueOf(message),
                        "reason",
                        reason,
                        "code",
                        code));
    }

    private void send(HttpServerRequest request, Answer answer) {
        try {
            var body = json.writeValueAsString(answer.body());
            request.response()
                    .setStatusCode(answer.status())
                    .putHeader("Content-Type", "application/json")
                    .end(body);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() {
        try {
            server.close().toCompletionStage().toCompletableFuture().get(STOP_SECONDS, TimeUnit.SECONDS);
        } catch (java.util.concurrent.ExecutionException | java.util.concurrent.TimeoutException e) {
            LOG.debugf(e, "The metrics API did not stop in time");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        threads.shutdownNow();
    }
}
