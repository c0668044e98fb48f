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
import io.vertx.core.net.SocketAddress;
import io.vertx.core.tracing.TracingPolicy;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.auth.credentials.AwsCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.dynamodb.endpoints.DynamoDbEndpointProvider;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.PutItemRequest;

/**
 * Requests on the event loops' own sockets. The SDK's client takes longer for a put than everything else takes that a message
 * needs; so this makes the one that nearly always succeeds, and no other.
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

    /** Then credentials are looked at again. */
    private static final Duration FRESH = Duration.ofSeconds(10);

    /** DynamoDB's name means another of its addresses every few seconds, each of which would have connections of its own. */
    private static final Duration ADDRESS_KEPT = Duration.ofMinutes(5);

    private static final String PUT = "PutItem";
    private static final String API = "DynamoDB_20120810.";
    private static final String JSON = "application/x-amz-json-1.0";
    private static final int OK = 200;
    private static final int REFUSED = 400;

    private record Answer(int status, byte[] body) {}

    /** What a request needs that may have to be waited for; the times are on the clock of {@link System#nanoTime()}. */
    private record Way(SocketAddress server, AwsCredentials credentials, long resolvedAt, long foundAt) {

        boolean fresh() {
            return System.nanoTime() - foundAt < FRESH.toNanos();
        }

        /** The same, to be looked at again. */
        Way doubted() {
            return new Way(server, credentials, resolvedAt, foundAt - FRESH.toNanos());
        }
    }

    private final DynamoDbJson json = new DynamoDbJson();
    private final CircuitBreaker breaker = new CircuitBreaker(FAILURES_MAX, PAUSE);
    private final AwsCredentialsProvider credentials;
    private final AwsSignature signature;
    private final String name;
    private final String host;
    private final RequestOptions options;
    private final HttpClient http;
    /** None where nobody answered: another address may. */
    private final AtomicReference<@Nullable Way> way = new AtomicReference<>();

    @Inject
    public DynamoDbHttpAttempts(Vertx vertx, ChatConfig config) {
        URI endpoint = config.dynamodb().endpoint().orElseGet(() -> regional(config));
        boolean tls = "https".equals(endpoint.getScheme());
        int port = endpoint.getPort() > 0 ? endpoint.getPort() : tls ? 443 : 80;
        String path = endpoint.getRawPath() + (endpoint.getRawPath().endsWith("/") ? "" : "/");
        this.credentials = AwsFileCredentials.configured(config);
        this.signature = new AwsSignature(config.dynamodb().region(), "dynamodb", path);
        this.name = endpoint.getHost();
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
        Way known = way.get();
        if (known == null || !known.fresh() || breaker.open()) {
            return false;
        }
        Future<Optional<Outcome>> outcome;
        try {
            outcome = attempt(known, PUT, json.put(request), this::outcome);
        } catch (RuntimeException e) {
            // It was not sent.
            failed(PUT, String.valueOf(e.getMessage()));
            return false;
        }
        outcome.onComplete(done -> answered.accept(done.result().orElseGet(Outcome.Unknown::new)));
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
    public Optional<Boolean> any(String table, List<Map<String, AttributeValue>> keys) {
        return await(
                "BatchGetItem",
                () -> json.batchGet(table, keys),
                answer -> answer.status() == OK ? json.any(answer.body()) : Optional.empty());
    }

    /** What is read from the answer; empty where there is none that says it. Blocks. */
    private <T> Optional<T> await(String operation, Supplier<byte[]> request, Function<Answer, Optional<T>> reading) {
        if (breaker.open()) {
            return Optional.empty();
        }
        try {
            return attempt(find(), operation, request.get(), reading)
                    .toCompletionStage()
                    .toCompletableFuture()
                    .join();
        } catch (UnknownHostException | RuntimeException e) {
            // Whatever it is, the SDK's client meets it as well, and knows what to say of it.
            failed(operation, String.valueOf(e.getMessage()));
            return Optional.empty();
        }
    }

    /** As it is now. Blocks. */
    private Way find() throws UnknownHostException {
        Way known = way.get();
        long now = System.nanoTime();
        AwsCredentials valid = credentials.resolveCredentials();
        // While it answers, connections are made to the same address: others would have to be made anew.
        Way found = known != null && now - known.resolvedAt() < ADDRESS_KEPT.toNanos()
                ? new Way(known.server(), valid, known.resolvedAt(), now)
                : new Way(resolve(), valid, now, now);
        // Not where an attempt has failed meanwhile.
        way.compareAndSet(known, found);
        return found;
    }

    private SocketAddress resolve() throws UnknownHostException {
        // By its number: by a name, what is connected already would be taken for the new address as well.
        return SocketAddress.inetSocketAddress(
                options.getPort(), InetAddress.getByName(name).getHostAddress());
    }

    /** What is sent never fails: it is empty where the answer is not one that can be read. */
    private <T> Future<Optional<T>> attempt(
            Way to, String operation, byte[] body, Function<Answer, Optional<T>> reading) {
        return post(to, operation, body)
                .map(answer -> {
                    Optional<T> read = reading.apply(answer);
                    if (read.isPresent()) {
                        breaker.succeeded();
                    } else {
                        way.compareAndSet(to, to.doubted());
                        failed(operation, "status " + answer.status());
                    }
                    return read;
                })
                .otherwise(failure -> {
                    way.set(null);
                    failed(operation, String.valueOf(failure.getMessage()));
                    return Optional.empty();
                });
    }

    private void failed(String operation, String why) {
        LOG.debugf("%s was not answered as it should be: %s", operation, why);
        if (breaker.failed()) {
            LOG.warnf(
                    "%s was not answered as it should be %d times in a row, the last time: %s. The SDK's client alone makes the requests of the next %d s",
                    operation, FAILURES_MAX, why, PAUSE.toSeconds());
        }
    }

    private Future<Answer> post(Way to, String operation, byte[] body) {
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
        var unused = http.close();
    }
}
