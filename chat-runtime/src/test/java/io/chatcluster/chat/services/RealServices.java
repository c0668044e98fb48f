package io.chatcluster.chat.services;

import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Gives every {@code @QuarkusTest} of the module a Redis of its own and tables of its own. */
public class RealServices implements QuarkusTestResourceLifecycleManager {

    private @Nullable RedisServer redis;

    @Override
    public Map<String, String> start() {
        RedisServer server = new RedisServer().start();
        redis = server;
        DynamoDbLocal dynamoDb = DynamoDbLocal.running();
        String prefix = "test-" + UUID.randomUUID() + "-";
        dynamoDb.createTables(prefix);
        return Map.of(
                // Any that is free: tests of several checkouts may run at once.
                "quarkus.http.test-port",
                "0",
                "quarkus.management.test-port",
                "0",
                "chat.dynamodb.region",
                "local",
                "chat.dynamodb.endpoint",
                dynamoDb.endpoint().toString(),
                "chat.dynamodb.table-prefix",
                prefix,
                "chat.aws.credentials-directory",
                dynamoDb.credentialsDirectory().toString(),
                "chat.redis.shards",
                server.address());
    }

    @Override
    public void stop() {
        if (redis != null) {
            redis.close();
        }
    }
}
