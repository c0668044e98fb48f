package io.chatcluster.chat.operations;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.PoolOptions;
import io.vertx.core.http.RequestOptions;
import io.vertx.core.tracing.TracingPolicy;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.net.InetAddress;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.jboss.logging.Logger;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.dynamodb.endpoints.DynamoDbEndpointProvider;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.PutItemRequest;

/**
 * Requests on the event loops' own sockets. The SDK's client takes longer for one than everything else takes that a message
 * needs; so this makes those that are made all the time and nearly always succeed, and no others.
 */
@ApplicationScoped
public class DynamoDbHttpAttempts implements DynamoDbAttempts {

    private static final Logger LOG = Logger.getLogger(DynamoDbHttpAttempts.class);
    private static final int CONNECTIONS_MAX = 128;
    private static final int WAITING_MAX = 4_096;
    private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(1);
    private static final Duration TIMEOUT = Duration.ofMillis(1_500);
    /** DynamoDB ends connections that it has not heard of for about a minute. */
    private static final Duration KEPT = Duration.ofSeconds(30);

    /** So many in a row say that it is not a single request that is wrong, but the way: a clock, a proxy, the service itself. */
    private static final int FAILURES_MAX = 5;

    private static final Duration PAUSE = Duration.ofSeconds(5);

    private static final String PUT = "PutItem";
    private static final String API = "DynamoDB_20120810.";
    private static final String JSON = "application/x-amz-json-1.0";
    private static final int OK = 200;
    private static final int REFUSED = 400;

    private record Answer(int status, byte[] body) {}

    private final DynamoDbJson json = new DynamoDbJson();
    private final CircuitBreaker breaker = new CircuitBreaker(FAILURES_MAX, PAUSE);
    private final AwsSignature signature;
    private final String host;
    private final RequestOptions options;
    private final HttpClient http;
    private final DynamoDbWay way;

    @Inject
    public DynamoDbHttpAttempts(Vertx vertx, ChatConfig config) {
        this(vertx, config, InetAddress::getByName, System::nanoTime);
    }

    DynamoDbHttpAttempts(Vertx vertx, ChatConfig config, DynamoDbWay.Names names, LongSupplier nanoTime) {
        URI endpoint = config.dynamodb().endpoint().orElseGet(() -> regional(config));
        boolean tls = "https".equals(endpoint.getScheme());
        int port = endpoint.getPort() > 0 ? endpoint.getPort() : tls ? 443 : 80;
        String path = endpoint.getRawPath() + (endpoint.getRawPath().endsWith("/") ? "" : "/");
        this.signature = new AwsSignature(config.dynamodb().region(), "dynamodb", path);
        String name = endpoint.getHost();
        this.way = new DynamoDbWay(name, port, AwsFileCredentials.configured(config), names, nanoTime);
        this.host = endpoint.getPort() > 0 ? name + ':' + port : name;
        this.options = new RequestOptions()
                .setMethod(HttpMethod.POST)
                .setHost(name)
                .setPort(port)
                .setSsl(tls)
                .setURI(path)
                .setTimeout(TIMEOUT.toMillis());
        this.http = vertx.createHttpClient(
                new HttpClientOptions()
                        .setSsl(tls)
                        .setConnectTimeout((int) CONNECT_TIMEOUT.toMillis())
                        .setKeepAliveTimeout((int) KEPT.toSeconds())
                        .setTcpKeepAlive(true)
                        // The append is traced, and a put of a canary is nobody's request.
                        .setTracingPolicy(TracingPolicy.IGNORE),
                new PoolOptions().setHttp1MaxSize(CONNECTIONS_MAX).setMaxWaitQueueSize(WAITING_MAX));
    }

    private static URI regional(ChatConfig config) {
        Region region = Region.of(config.dynamodb().region());
        return DynamoDbEndpointProvider.defaultProvider()
                .resolveEndpoint(endpoint -> endpoint.region(region))
                .join()
                .url();
    }

    @Override
    public Outcome put(PutItemRequest request) {
        return await(PUT, () -> json.put(request), this::outcome).orElseGet(Outcome.Unknown::new);
    }

    @Override
    public boolean tryPut(PutItemRequest request, Consumer<Outcome> answered) {
        DynamoDbWay.Found known = way.known();
        if (known == null) {
            return false;
        }
        attempt(() -> known, PUT, () -> json.put(request), this::outcome)
                .onSuccess(outcome -> answered.accept(outcome.orElseGet(Outcome.Unknown::new)));
        return true;
    }

    private Optional<Outcome> outcome(Answer answer) {
        return switch (answer.status()) {
            case OK -> Optional.of(new Outcome.Applied());
            case REFUSED -> json.occupant(answer.body()).map(Outcome.Occupied::new);
            default -> Optional.empty();
        };
    }

    @Override
    public Optional<Found> read(String table, List<Map<String, AttributeValue>> keys, String attribute) {
        return await(
                "BatchGetItem",
                () -> json.batchGet(table, keys, attribute),
                answer -> answer.status() == OK ? json.found(answer.body()) : Optional.empty());
    }

    /** As {@link #attempt}, on the way as it is now. Blocks. */
    private <T> Optional<T> await(String operation, Supplier<byte[]> request, Function<Answer, Optional<T>> reading) {
        return attempt(way::find, operation, request, reading)
                .toCompletionStage()
                .toCompletableFuture()
                .join();
    }

    /**
     * What is read from the answer; empty where there is none that says it. It never fails: whatever it is, the SDK's client meets
     * it as well, and knows what to say of it.
     */
    private <T> Future<Optional<T>> attempt(
            Supplier<DynamoDbWay.Found> to,
            String operation,
            Supplier<byte[]> request,
            Function<Answer, Optional<T>> reading) {
        if (breaker.open()) {
            return Future.succeededFuture(Optional.empty());
        }
        return Future.succeededFuture(to)
                .map(Supplier::get)
                .compose(found ->
                        post(found, operation, request.get()).map(answer -> judge(found, operation, answer, reading)))
                .otherwise(failure -> {
                    way.lose();
                    failed(operation, String.valueOf(failure.getMessage()));
                    return Optional.empty();
                });
    }

    private <T> Optional<T> judge(
            DynamoDbWay.Found from, String operation, Answer answer, Function<Answer, Optional<T>> reading) {
        Optional<T> read = reading.apply(answer);
        if (read.isPresent()) {
            breaker.succeeded();
        } else {
            way.doubt(from);
            failed(operation, "status " + answer.status());
        }
        return read;
    }

    private void failed(String operation, String why) {
        LOG.debugf("%s was not answered as it should be: %s", operation, why);
        if (breaker.failed()) {
            LOG.warnf(
                    "%s was not answered as it should be %d times in a row, the last time: %s. The SDK's client alone makes the requests of the next %d s",
                    operation, FAILURES_MAX, why, PAUSE.toSeconds());
        }
    }

    private Future<Answer> post(DynamoDbWay.Found to, String operation, byte[] body) {
        Map<String, String> headers = Map.of("content-type", JSON, "host", host, "x-amz-target", API + operation);
        SortedMap<String, String> signed = signature.sign(headers, body, to.credentials(), Instant.now());
        return http.request(new RequestOptions(options).setServer(to.server()))
                .compose(request -> send(request, signed, body));
    }

    private static Future<Answer> send(HttpClientRequest request, SortedMap<String, String> headers, byte[] body) {
        headers.forEach(request::putHeader);
        return request.send(Buffer.buffer(body))
                .compose(DynamoDbHttpAttempts::read)
                // The request's own timeout ends with the head of the answer.
                .timeout(TIMEOUT.toMillis(), TimeUnit.MILLISECONDS)
                .onFailure(failure -> request.reset());
    }

    private static Future<Answer> read(HttpClientResponse response) {
        return JSON.equals(response.getHeader("content-type"))
                ? response.body().map(answer -> new Answer(response.statusCode(), answer.getBytes()))
                : Future.failedFuture("something else than DynamoDB answers, with status " + response.statusCode());
    }

    @PreDestroy
    public void close() {
        way.lose();
        var unused = http.close();
    }
}
