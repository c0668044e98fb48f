package io.chatcluster.chat.operations;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Disposes;
import jakarta.enterprise.inject.Produces;
import java.time.Duration;
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
                        .connectionAcquisitionTimeout(ATTEMPT_TIMEOUT)
                        .tcpKeepAlive(true))
                .overrideConfiguration(overrides());
        config.dynamodb().endpoint().ifPresent(builder::endpointOverride);
        return builder;
    }

    /** Timeouts and retries of every call. */
    public static ClientOverrideConfiguration overrides() {
        return ClientOverrideConfiguration.builder()
                .apiCallAttemptTimeout(ATTEMPT_TIMEOUT)
                .apiCallTimeout(CALL_TIMEOUT)
                .retryStrategy(RetryMode.STANDARD)
                .build();
    }
}
