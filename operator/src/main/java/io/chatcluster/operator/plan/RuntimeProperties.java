package io.chatcluster.operator.plan;

import static java.util.Objects.requireNonNullElse;

import io.chatcluster.crds.v1alpha1.ChatClusterSpec;
import io.chatcluster.crds.v1alpha1.LimitsSpec;
import io.chatcluster.operator.metadata.ResourceNames;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** The chat pods' application.properties. */
final class RuntimeProperties {
    private static final LimitsSpec NO_LIMITS = new LimitsSpec(null, null, null, null);

    private RuntimeProperties() {}

    static String of(
            ChatClusterSpec spec, ResourceNames names, int shards, int drainTimeoutSeconds, boolean credentials) {
        Map<String, String> properties = new TreeMap<>();
        properties.put("chat.cluster", names.name());
        properties.put("chat.namespace", names.namespace());
        properties.put("chat.dynamodb.region", spec.dynamodb().region());
        if (spec.dynamodb().endpoint() != null) {
            properties.put("chat.dynamodb.endpoint", spec.dynamodb().endpoint());
        }
        properties.put("chat.dynamodb.table-prefix", names.tablePrefix());
        if (credentials) {
            properties.put("chat.aws.credentials-directory", "/etc/chatcluster/aws");
        }
        for (int shard = 0; shard < shards; shard++) {
            properties.put("chat.redis.shards[%d]".formatted(shard), names.redisShardAddress(shard));
        }
        properties.put("chat.redis.password-file", "/etc/chatcluster/redis/password");
        properties.put("chat.redis.tls", "false");
        properties.put("chat.auth.issuer", "https://chatcluster.io/" + names.namespace() + "/" + names.name());
        properties.put("chat.auth.audience", "chat");
        properties.put("chat.auth.jwks-file", "/etc/chatcluster/auth/jwks.json");
        addLimits(requireNonNullElse(spec.limits(), NO_LIMITS), properties);
        properties.put("chat.drain.timeout", drainTimeoutSeconds + "s");
        return properties.entrySet().stream()
                .map(property -> property.getKey() + "=" + escaped(property.getValue()) + "\n")
                .collect(Collectors.joining());
    }

    private static void addLimits(LimitsSpec limits, Map<String, String> properties) {
        put(properties, "message-bytes-max", requireNonNullElse(limits.messageBytesMax(), 65536));
        put(properties, "room-members-max", requireNonNullElse(limits.roomMembersMax(), 10000));
        put(properties, "messages-per-second", requireNonNullElse(limits.messagesPerSecond(), 20));
        put(properties, "connections-per-user", requireNonNullElse(limits.connectionsPerUser(), 20));
    }

    private static void put(Map<String, String> properties, String limit, int value) {
        properties.put("chat.limits." + limit, Integer.toString(value));
    }

    /** A backslash starts an escape in a properties file, and ${ an expression in Quarkus' configuration. */
    private static String escaped(String value) {
        return value.replace("\\", "\\\\").replace("${", "\\\\${");
    }
}
