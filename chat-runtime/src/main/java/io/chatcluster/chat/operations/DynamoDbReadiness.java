package io.chatcluster.chat.operations;

import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * Ready once every table has answered. It stays so when DynamoDB goes away later: taking all pods out of service then
 * would only cut off the connections too. Redis does not count: without it messages are slower, not lost.
 */
@Readiness
@ApplicationScoped
public class DynamoDbReadiness implements HealthCheck {

    private static final Logger LOG = Logger.getLogger(DynamoDbReadiness.class);
    private static final Duration RETRY_PERIOD = Duration.ofSeconds(1);

    /** A key that no room or user has, for each table: reading it needs no other permission than serving does. */
    private static final Map<String, Map<String, AttributeValue>> KEYS = Map.of(
            "messages", Map.of("room", AttributeValue.fromS("~ready"), "firstSeq", AttributeValue.fromN("0")),
            "rooms", Map.of("room", AttributeValue.fromS("~ready")),
            "members", Map.of("user", AttributeValue.fromS("~ready"), "room", AttributeValue.fromS("~ready")));

    private final DynamoDbClient client;
    private final String tablePrefix;
    private volatile boolean seen;
    private volatile @Nullable String problem;
    private @Nullable Thread watcher;

    @Inject
    public DynamoDbReadiness(DynamoDbClient client, ChatConfig config) {
        this.client = client;
        this.tablePrefix = config.dynamodb().tablePrefix();
    }

    void start(@Observes StartupEvent event) {
        watcher = Thread.ofVirtual().name("storage-readiness").start(this::watch);
    }

    void stop(@Observes ShutdownEvent event) {
        if (watcher != null) {
            watcher.interrupt();
        }
    }

    private void watch() {
        try {
            while (!tablesAnswer()) {
                Thread.sleep(RETRY_PERIOD);
            }
            seen = true;
            LOG.infof("Tables %s* answer", tablePrefix);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private boolean tablesAnswer() {
        for (String name : List.copyOf(KEYS.keySet())) {
            try {
                client.getItem(r -> r.tableName(tablePrefix + name).key(KEYS.get(name)));
            } catch (SdkException e) {
                String found = "table " + tablePrefix + name + ": " + said(e);
                if (!found.equals(problem)) {
                    LOG.warn(found);
                    problem = found;
                }
                return false;
            }
        }
        return true;
    }

    /** Without the numbers of the request, with which the same problem would be another each time. */
    private static String said(SdkException e) {
        return e instanceof AwsServiceException answer && answer.awsErrorDetails() != null
                ? answer.awsErrorDetails().errorCode() + ", "
                        + answer.awsErrorDetails().errorMessage()
                : String.valueOf(e.getMessage());
    }

    @Override
    public HealthCheckResponse call() {
        var response = HealthCheckResponse.named("storage").status(seen);
        String said = problem;
        return seen || said == null
                ? response.build()
                : response.withData("problem", said).build();
    }
}
