package io.chatcluster.chat.operations;

import com.google.protobuf.InvalidProtocolBufferException;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceRequest;
import io.opentelemetry.proto.trace.v1.Span;
import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerRequest;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;

/** Takes traces as a collector does, by OTLP over gRPC, and the service under test sends it all it has. */
public final class TraceCollector implements QuarkusTestResourceLifecycleManager {

    /** Of gRPC's frames: a flag, and the length of what follows. */
    private static final int FRAME_HEADER_BYTES = 5;

    private static final List<Span> SPANS = new CopyOnWriteArrayList<>();

    private @Nullable Vertx vertx;

    /** Every span that has come so far. */
    public static List<Span> spans() {
        return List.copyOf(SPANS);
    }

    @Override
    public Map<String, String> start() {
        vertx = Vertx.vertx();
        HttpServer server = vertx.createHttpServer()
                .requestHandler(TraceCollector::take)
                .listen(0, "127.0.0.1")
                .toCompletionStage()
                .toCompletableFuture()
                .join();
        return Map.of(
                "chat.traces", "true",
                "quarkus.otel.sdk.disabled", "false",
                "quarkus.otel.exporter.otlp.endpoint", "http://127.0.0.1:" + server.actualPort(),
                "quarkus.otel.traces.sampler.arg", "1",
                "quarkus.otel.bsp.schedule.delay", "50ms");
    }

    private static void take(HttpServerRequest request) {
        request.body().onSuccess(body -> {
            SPANS.addAll(spans(body));
            request.response()
                    .putHeader("Content-Type", "application/grpc")
                    .putTrailer("grpc-status", "0")
                    .end(Buffer.buffer(new byte[FRAME_HEADER_BYTES]));
        });
    }

    private static List<Span> spans(Buffer frame) {
        try {
            byte[] message = frame.getBytes(FRAME_HEADER_BYTES, frame.length());
            return ExportTraceServiceRequest.parseFrom(message).getResourceSpansList().stream()
                    .flatMap(resource -> resource.getScopeSpansList().stream())
                    .flatMap(scope -> scope.getSpansList().stream())
                    .toList();
        } catch (InvalidProtocolBufferException e) {
            throw new AssertionError(e);
        }
    }

    @Override
    public void stop() {
        if (vertx != null) {
            vertx.close().toCompletionStage().toCompletableFuture().join();
        }
    }
}
