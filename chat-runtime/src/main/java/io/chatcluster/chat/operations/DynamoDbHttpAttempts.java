package io.chatcluster.chat.operations;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.PoolOptions;
import io.vertx.core.http.RequestOptions;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.CompletionException;
import org.jboss.logging.Logger;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.core.exception.SdkException;
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

    private static final String API = "DynamoDB_20120810.";
    private static final int OK = 200;
    private static final int REFUSED = 400;

    private record Answer(int status, byte[] body) {}

    private final DynamoDbJson json = new DynamoDbJson();
    private final AwsCredentialsProvider credentials;
    private final AwsSignature signature;
    private final String host;
    private final RequestOptions options;
    private final HttpClient http;

    @Inject
    public DynamoDbHttpAttempts(Vertx vertx, ChatConfig config) {
        URI endpoint = config.dynamodb().endpoint().orElseGet(() -> regional(config));
        boolean tls = "https".equals(endpoint.getScheme());
        int port = endpoint.getPort() > 0 ? endpoint.getPort() : tls ? 443 : 80;
        this.credentials = AwsFileCredentials.configured(config);
        this.signature = new AwsSignature(config.dynamodb().region(), "dynamodb");
        this.host = endpoint.getPort() > 0 ? endpoint.getHost() + ':' + port : endpoint.getHost();
        this.options = new RequestOptions()
                .setMethod(HttpMethod.POST)
                .setHost(endpoint.getHost())
                .setPort(port)
                .setSsl(tls)
                .setURI("/")
                .setTimeout(TIMEOUT.toMillis());
        this.http = vertx.createHttpClient(
                new HttpClientOptions()
                        .setSsl(tls)
                        .setConnectTimeout((int) CONNECT_TIMEOUT.toMillis())
                        .setKeepAliveTimeout((int) KEPT.toSeconds())
                        .setTcpKeepAlive(true),
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
        return answer("PutItem", json.put(request))
                .map(answer -> switch (answer.status()) {
                    case OK -> new Outcome.Applied();
                    case REFUSED ->
                        json.occupant(answer.body())
                                .<Outcome>map(Outcome.Occupied::new)
                                .orElseGet(Outcome.Unknown::new);
                    default -> new Outcome.Unknown();
                })
                .orElseGet(Outcome.Unknown::new);
    }

    @Override
    public Optional<Boolean> any(String table, List<Map<String, AttributeValue>> keys) {
        return answer("BatchGetItem", json.batchGet(table, keys))
                .filter(answer -> answer.status() == OK)
                .flatMap(answer -> json.any(answer.body()));
    }

    private Optional<Answer> answer(String operation, byte[] body) {
        SortedMap<String, String> headers = new TreeMap<>(
                Map.of("content-type", "application/x-amz-json-1.0", "host", host, "x-amz-target", API + operation));
        try {
            SortedMap<String, String> signed =
                    signature.sign(headers, body, credentials.resolveCredentials(), Instant.now());
            return Optional.of(http.request(options)
                    .compose(request -> send(request, signed, body))
                    .toCompletionStage()
                    .toCompletableFuture()
                    .join());
        } catch (CompletionException | SdkException e) {
            LOG.debugf("%s did not get an answer: %s", operation, e.getMessage());
            return Optional.empty();
        }
    }

    private static Future<Answer> send(HttpClientRequest request, SortedMap<String, String> headers, byte[] body) {
        headers.forEach(request::putHeader);
        return request.send(Buffer.buffer(body))
                .compose(response ->
                        response.body().map(answer -> new Answer(response.statusCode(), answer.getBytes())));
    }

    @PreDestroy
    public void close() {
        var unused = http.close();
    }
}
