package io.chatcluster.chat.operations;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Disposes;
import jakarta.enterprise.inject.Produces;
import java.time.Duration;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import software.amazon.awssdk.core.client.config.ClientOverrideConfiguration;
import software.amazon.awssdk.core.retry.RetryMode;
import software.amazon.awssdk.http.apache.ApacheHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.DynamoDbClientBuilder;

/** Makes the one client of the pod: blocking, for virtual threads, and impatient, since people wait. */
public class DynamoDbClients {

    private static final int CONNECTIONS_MAX = 256;
    private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(1);
    private static final Duration ATTEMPT_TIMEOUT = Duration.ofMillis(1_500);
    private static final Duration CALL_TIMEOUT = Duration.ofSeconds(4);

    @Produces
    @ApplicationScoped
    DynamoDbClient client(ChatConfig config) {
        return builder(config).build();
    }

    void close(@Disposes DynamoDbClient client) {
        client.close();
    }

    /** The client's settings, to which tests add faults. */
    public static DynamoDbClientBuilder builder(ChatConfig config) {
        DynamoDbClientBuilder builder = DynamoDbClient.builder()
                .region(Region.of(config.dynamodb().region()))
                .credentialsProvider(AwsFileCredentials.configured(config))
                .httpClientBuilder(ApacheHttpClient.builder()
                        .maxConnections(CONNECTIONS_MAX)
                        .connectionTimeout(CONNECT_TIMEOUT)
                        .socketTimeout(ATTEMPT_TIMEOUT)
                        .connectionAcquisitionTimeout(ATTEMPT_TIMEOUT)
                        .tcpKeepAlive(true))
                .overrideConfiguration(overrides());
        config.dynamodb().endpoint().ifPresent(builder::endpointOverride);
        return builder;
    }

    /**
     * For the timeouts of calls, nearly all of which are cancelled: a thread sleeps as long as the first task in its queue is the
     * same, so there is always one before them.
     */
    private static ScheduledExecutorService timeouts() {
        ScheduledThreadPoolExecutor executor = new ScheduledThreadPoolExecutor(
                1, Thread.ofPlatform().name("dynamodb-timeouts").daemon().factory());
        executor.setRemoveOnCancelPolicy(true);
        var unused = executor.scheduleAtFixedRate(() -> {}, 1, 1, TimeUnit.SECONDS);
        return executor;
    }

    /** Timeouts and retries of every call. One attempt is bounded by the socket's timeout, the call by its own. */
    public static ClientOverrideConfiguration overrides() {
        return ClientOverrideConfiguration.builder()
                .apiCallTimeout(CALL_TIMEOUT)
                .scheduledExecutorService(timeouts())
                .retryStrategy(RetryMode.STANDARD)
                .build();
    }
}
