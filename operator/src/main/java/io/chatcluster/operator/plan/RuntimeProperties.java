package io.chatcluster.operator.plan;

import static java.util.Objects.requireNonNullElse;

import io.chatcluster.crds.v1alpha1.ChatClusterSpec;
import io.chatcluster.crds.v1alpha1.LimitsSpec;
import io.chatcluster.crds.v1alpha1.OidcSpec;
import io.chatcluster.crds.v1alpha1.SignatureAlgorithm;
import io.chatcluster.crds.v1alpha1.TracingSpec;
import io.chatcluster.operator.metadata.ResourceNames;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The chat pods' application.properties. */
final class RuntimeProperties {
    private static final LimitsSpec NO_LIMITS = new LimitsSpec(null, null, null, null);
    private static final List<SignatureAlgorithm> DEFAULT_ALGORITHMS =
            List.of(SignatureAlgorithm.RS256, SignatureAlgorithm.ES256);

    private final Map<String, String> properties = new TreeMap<>();

    private RuntimeProperties() {}

    static String of(
            ChatClusterSpec spec,
            ResourceNames names,
            RedisPlan redis,
            @Nullable MediaPlan media,
            int drainTimeoutSeconds) {
        var properties = new RuntimeProperties();
        properties.put("cluster", names.name());
        properties.put("namespace", names.namespace());
        properties.put("drain.timeout", drainTimeoutSeconds + "s");
        properties.addAws(spec, names);
        properties.addRedis(redis);
        properties.addAuth(spec, names);
        if (media != null) {
            properties.addMedia(media);
        }
        properties.addLimits(requireNonNullElse(spec.limits(), NO_LIMITS));
        if (spec.ingress() != null) {
            properties.putAll(
                    "allowed-origins", requireNonNullElse(spec.ingress().allowedOrigins(), List.of()));
        }
        if (spec.webhook() != null) {
            properties.put("webhook.url", spec.webhook().url());
            properties.put("webhook.secret-file", SecretMount.path("webhook", SecretReference.WEBHOOK_SECRET));
        }
        if (spec.tracing() != null) {
            properties.addTracing(spec.tracing());
        }
        return properties.text();
    }

    private void addAws(ChatClusterSpec spec, ResourceNames names) {
        put("dynamodb.region", spec.dynamodb().region());
        put("dynamodb.endpoint", spec.dynamodb().endpoint());
        put("dynamodb.table-prefix", names.tablePrefix());
        put("dynamodb.history-retention-days", spec.dynamodb().historyRetentionDays());
        if (spec.aws() != null && spec.aws().credentialsSecretRef() != null) {
            put("aws.credentials-directory", "/etc/chatcluster/aws");
        }
    }

    private void addRedis(RedisPlan redis) {
        put("redis.shards-file", ShardLists.DIRECTORY + "/" + ShardLists.FILE);
        put("redis.tls", redis.tls());
        for (var mount : redis.mounts()) {
            for (var key : mount.keys()) {
                put(redisFileProperty(key), SecretMount.path(mount.directory(), key));
            }
        }
    }

    private static String redisFileProperty(String key) {
        return switch (key) {
            case RedisUsers.CREDENTIALS -> "redis.credentials-file";
            case SecretReference.PASSWORD -> "redis.password-file";
            case SecretReference.USERNAME -> "redis.username-file";
            case SecretReference.AUTHORITY -> "redis.ca-file";
            default -> throw new IllegalArgumentException("chat pods read no " + key + " of Redis");
        };
    }

    private void addAuth(ChatClusterSpec spec, ResourceNames names) {
        var oidc = spec.auth() == null ? null : spec.auth().oidc();
        if (oidc != null) {
            addProvider(oidc);
            return;
        }
        put("auth.issuer", "https://chatcluster.io/" + names.namespace() + "/" + names.name());
        put("auth.audience", "chat");
        put("auth.jwks-file", SecretMount.path("auth", SigningKeyRotation.PUBLIC_KEYS));
        var generated = spec.auth() == null ? null : spec.auth().generated();
        put("auth.token-url", generated == null ? null : generated.tokenUrl());
    }

    private void addProvider(OidcSpec oidc) {
        put("auth.issuer", oidc.issuer());
        put("auth.audience", oidc.audience());
        put("auth.jwks-uri", oidc.jwksUri());
        put("auth.user-claim", requireNonNullElse(oidc.userClaim(), "sub"));
        putAll(
                "auth.algorithms",
                requireNonNullElse(oidc.algorithms(), DEFAULT_ALGORITHMS).stream()
                        .map(SignatureAlgorithm::name)
                        .toList());
        put("auth.web-client-id", oidc.webClientId());
        put("auth.web-scopes", oidc.webScopes() == null ? null : String.join(" ", oidc.webScopes()));
    }

    private void addMedia(MediaPlan media) {
        put("media.bucket", media.bucket());
        put("media.region", media.location().region());
        put("media.endpoint", media.location().endpoint());
        put("media.public-endpoint", media.publicEndpoint());
        put("media.max-object-bytes", media.maxObjectBytes());
        putAll("media.allowed-content-types", media.allowedContentTypes());
    }

    private void addLimits(LimitsSpec limits) {
        put("limits.message-bytes-max", requireNonNullElse(limits.messageBytesMax(), 65536));
        put("limits.room-members-max", requireNonNullElse(limits.roomMembersMax(), 10000));
        put("limits.messages-per-second", requireNonNullElse(limits.messagesPerSecond(), 20));
        put("limits.connections-per-user", requireNonNullElse(limits.connectionsPerUser(), 20));
    }

    /** Mostly in Quarkus' own words: the chat's have nothing to add. */
    private void addTracing(TracingSpec tracing) {
        var percentage = BigDecimal.valueOf(requireNonNullElse(tracing.samplingPercentage(), 1.0));
        put("traces", true);
        properties.put("quarkus.otel.sdk.disabled", "false");
        properties.put("quarkus.otel.exporter.otlp.endpoint", tracing.endpoint());
        properties.put(
                "quarkus.otel.traces.sampler.arg", percentage.movePointLeft(2).toPlainString());
    }

    private void put(String key, @Nullable Object value) {
        if (value != null) {
            properties.put("chat." + key, value.toString());
        }
    }

    private void putAll(String key, List<String> values) {
        for (int index = 0; index < values.size(); index++) {
            put("%s[%d]".formatted(key, index), values.get(index));
        }
    }

    private String text() {
        return properties.entrySet().stream()
                .map(property -> property.getKey() + "=" + escaped(property.getValue()) + "\n")
                .collect(Collectors.joining());
    }

    /** A backslash starts an escape in a properties file, and ${ an expression in Quarkus' configuration. */
    private static String escaped(String value) {
        return value.replace("\\", "\\\\").replace("${", "\\\\${");
    }
}
