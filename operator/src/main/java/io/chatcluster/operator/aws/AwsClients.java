package io.chatcluster.operator.aws;

import io.chatcluster.operator.plan.AwsLocation;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.net.URI;
import java.time.Duration;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.auth.credentials.DefaultCredentialsProvider;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.awscore.client.builder.AwsClientBuilder;
import software.amazon.awssdk.awscore.retry.AwsRetryStrategy;
import software.amazon.awssdk.core.client.config.ClientOverrideConfiguration;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.utils.SdkAutoCloseable;

/** AWS clients by place and credentials. At most {@value #MOST}, of some 30 KiB each; the one used longest ago goes first. */
@ApplicationScoped
public class AwsClients {
    private static final int MOST = 2048;
    private static final Duration ATTEMPT_TIMEOUT = Duration.ofSeconds(2);
    private static final Duration CALL_TIMEOUT = Duration.ofSeconds(5);

    private final SdkHttpClient http = UrlConnectionHttpClient.builder()
            .connectionTimeout(ATTEMPT_TIMEOUT)
            .socketTimeout(ATTEMPT_TIMEOUT)
            .build();
    /** Else every client has threads of its own, of which nobody takes those of a client that is dropped. */
    private final ScheduledExecutorService timeouts = Executors.newScheduledThreadPool(
            1, Thread.ofPlatform().name("aws-timeouts").daemon().factory());

    private final DefaultCredentialsProvider environment =
            DefaultCredentialsProvider.builder().build();
    private final Map<Key, SdkAutoCloseable> clients = new LinkedHashMap<>(16, 0.75f, true);
    private final Map<Place, Silence> silences = new LinkedHashMap<>(16, 0.75f, true);
    private final InstantSource clock;

    /** Who is silent has not looked at anybody's credentials. */
    private record Place(String service, AwsLocation location) {}

    private record Key(Place place, String credentialsVersion) {}

    @Inject
    AwsClients() {
        this(InstantSource.system());
    }

    AwsClients(InstantSource clock) {
        this.clock = clock;
    }

    public DynamoDbClient dynamoDb(AwsLocation location, AwsCredentials credentials) {
        var place = new Place("dynamodb", location);
        return DynamoDbClient.class.cast(client(
                new Key(place, credentials.version()),
                () -> configured(DynamoDbClient.builder(), place, credentials).build()));
    }

    public S3Client s3(AwsLocation location, AwsCredentials credentials) {
        var place = new Place("s3", location);
        return S3Client.class.cast(client(
                new Key(place, credentials.version()),
                () -> configured(S3Client.builder(), place, credentials)
                        .forcePathStyle(location.endpoint() != null)
                        .build()));
    }

    private synchronized SdkAutoCloseable client(Key key, Supplier<? extends SdkAutoCloseable> make) {
        return kept(clients, key, make);
    }

    private synchronized Silence silence(Place place) {
        return kept(silences, place, () -> new Silence(clock));
    }

    private static <K, V> V kept(Map<K, V> all, K key, Supplier<? extends V> make) {
        var value = all.computeIfAbsent(key, ignored -> make.get());
        if (all.size() > MOST) {
            var eldest = all.entrySet().iterator();
            eldest.next();
            eldest.remove();
        }
        return value;
    }

    private <
                    B extends
                            AwsClientBuilder<B, ?>
                                    & software.amazon.awssdk.awscore.client.builder.AwsSyncClientBuilder<B, ?>>
            B configured(B builder, Place place, AwsCredentials credentials) {
        var location = place.location();
        builder.region(Region.of(location.region()))
                .credentialsProvider(provider(credentials))
                .httpClient(http)
                .overrideConfiguration(ClientOverrideConfiguration.builder()
                        .apiCallAttemptTimeout(ATTEMPT_TIMEOUT)
                        .apiCallTimeout(CALL_TIMEOUT)
                        .scheduledExecutorService(timeouts)
                        // As many attempts as there is time for, else a call that AWS slows down ends without its
                        // answer.
                        .retryStrategy(AwsRetryStrategy.standardRetryStrategy())
                        .addExecutionInterceptor(silence(place))
                        .build());
        if (location.endpoint() != null) {
            builder.endpointOverride(URI.create(location.endpoint()));
        }
        return builder;
    }

    private AwsCredentialsProvider provider(AwsCredentials credentials) {
        @Nullable String id = credentials.accessKeyId();
        @Nullable String secret = credentials.secretAccessKey();
        return id == null || secret == null
                ? environment
                : StaticCredentialsProvider.create(AwsBasicCredentials.create(id, secret));
    }

    @PreDestroy
    synchronized void close() {
        clients.values().forEach(SdkAutoCloseable::close);
        environment.close();
        timeouts.shutdownNow();
        http.close();
    }
}
