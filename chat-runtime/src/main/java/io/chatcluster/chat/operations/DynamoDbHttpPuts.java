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
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.CompletionException;
import org.jboss.logging.Logger;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.dynamodb.endpoints.DynamoDbEndpointProvider;
import software.amazon.awssdk.services.dynamodb.model.PutItemRequest;

/**
 * Puts on the event loops' own sockets. The SDK's client takes several times as long for a put as everything else that a
 * message takes together; so this makes the request that nearly always is applied, and leaves it to that client to find out
 * what happened to any other.
 */
@ApplicationScoped
public class DynamoDbHttpPuts implements DynamoDbPuts {

    private static final Logger LOG = Logger.getLogger(DynamoDbHttpPuts.class);
    private static final int CONNECTIONS_MAX = 128;
    private static final int WAITING_MAX = 4_096;
    private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(1);
    private static final Duration TIMEOUT = Duration.ofMillis(1_500);
    /** DynamoDB ends connections that it has not heard of for about a minute. */
    private static final Duration KEPT = Duration.ofSeconds(30);

    private static final int OK = 200;
    private static final int REFUSED = 400;

    private final DynamoDbJson json = new DynamoDbJson();
    private final AwsCredentialsProvider credentials;
    private final AwsSignature signature;
    private final SortedMap<String, String> headers;
    private final RequestOptions options;
    private final HttpClient http;

    @Inject
    public DynamoDbHttpPuts(Vertx vertx, ChatConfig config) {
        URI endpoint = config.dynamodb().endpoint().orElseGet(() -> regional(config));
        boolean tls = "https".equals(endpoint.getScheme());
        int port = endpoint.getPort() > 0 ? endpoint.getPort() : tls ? 443 : 80;
        this.credentials = AwsFileCredentials.configured(config);
        this.signature = new AwsSignature(config.dynamodb().region(), "dynamodb");
        this.headers = new TreeMap<>(Map.of(
                "content-type", "application/x-amz-json-1.0",
                "host", endpoint.getPort() > 0 ? endpoint.getHost() + ':' + port : endpoint.getHost(),
                "x-amz-target", "DynamoDB_20120810.PutItem"));
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
        try {
            byte[] body = json.put(request);
            SortedMap<String, String> signed =
                    signature.sign(headers, body, credentials.resolveCredentials(), Instant.now());
            return http.request(options)
                    .compose(post -> send(post, signed, body))
                    .toCompletionStage()
                    .toCompletableFuture()
                    .join();
        } catch (CompletionException | SdkException e) {
            LOG.debugf("A put of the log did not get an answer: %s", e.getMessage());
            return new Outcome.Unknown();
        }
    }

    private Future<Outcome> send(HttpClientRequest post, SortedMap<String, String> headers, byte[] body) {
        headers.forEach(post::putHeader);
        return post.send(Buffer.buffer(body)).compose(response -> switch (response.statusCode()) {
            case OK -> Future.succeededFuture(new Outcome.Applied());
            case REFUSED -> response.body().map(this::refused);
            default -> Future.succeededFuture(new Outcome.Unknown());
        });
    }

    private Outcome refused(Buffer answer) {
        return json.occupant(answer.getBytes())
                .<Outcome>map(Outcome.Occupied::new)
                .orElseGet(Outcome.Unknown::new);
    }

    @PreDestroy
    public void close() {
        var unused = http.close();
    }
}
