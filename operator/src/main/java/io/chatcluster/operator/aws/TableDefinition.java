package io.chatcluster.operator.aws;

import io.chatcluster.operator.plan.StoragePlan;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.dynamodb.model.AttributeDefinition;
import software.amazon.awssdk.services.dynamodb.model.BillingMode;
import software.amazon.awssdk.services.dynamodb.model.CreateTableRequest;
import software.amazon.awssdk.services.dynamodb.model.GlobalSecondaryIndex;
import software.amazon.awssdk.services.dynamodb.model.GlobalSecondaryIndexDescription;
import software.amazon.awssdk.services.dynamodb.model.KeySchemaElement;
import software.amazon.awssdk.services.dynamodb.model.KeyType;
import software.amazon.awssdk.services.dynamodb.model.Projection;
import software.amazon.awssdk.services.dynamodb.model.ProjectionType;
import software.amazon.awssdk.services.dynamodb.model.ScalarAttributeType;
import software.amazon.awssdk.services.dynamodb.model.TableDescription;

/** The tables that a chat service keeps everything in. */
enum TableDefinition {
    MESSAGES(
            "messages",
            List.of(new Key("room", ScalarAttributeType.S), new Key("firstSeq", ScalarAttributeType.N)),
            null,
            "expiresAt"),
    ROOMS("rooms", List.of(new Key("room", ScalarAttributeType.S)), null, null),
    MEMBERS(
            "members",
            List.of(new Key("user", ScalarAttributeType.S), new Key("room", ScalarAttributeType.S)),
            new Index(
                    "byRoom", List.of(new Key("room", ScalarAttributeType.S), new Key("user", ScalarAttributeType.S))),
            null);

    private final String suffix;
    private final List<Key> keys;
    private final @Nullable Index index;
    private final @Nullable String timeToLive;

    private record Key(String name, ScalarAttributeType type) {}

    private record Index(String name, List<Key> keys) {
        boolean fits(GlobalSecondaryIndexDescription found) {
            return name.equals(found.indexName())
                    && found.keySchema().equals(keySchema(keys))
                    && hasAllAttributes(found.projection());
        }

        /** An endpoint that only speaks as DynamoDB does may say nothing of it. */
        private static boolean hasAllAttributes(@Nullable Projection projection) {
            return projection == null || projection.projectionType() == ProjectionType.ALL;
        }
    }

    TableDefinition(String suffix, List<Key> keys, @Nullable Index index, @Nullable String timeToLive) {
        this.suffix = suffix;
        this.keys = keys;
        this.index = index;
        this.timeToLive = timeToLive;
    }

    String name(String prefix) {
        return prefix + suffix;
    }

    /** Attribute with the epoch second after which DynamoDB may drop an item; absent where items stay. */
    @Nullable
    String timeToLive() {
        return timeToLive;
    }

    /** Whether a table has the keys and the index that chat pods ask by. */
    boolean fits(TableDescription table) {
        return hasKeys(table)
                && table.attributeDefinitions().containsAll(attributes())
                && (index == null || table.globalSecondaryIndexes().stream().anyMatch(index::fits));
    }

    /** Whether it is one of these at all, be its index gone. */
    boolean hasKeys(TableDescription table) {
        return table.keySchema().equals(keySchema(keys))
                && table.attributeDefinitions().containsAll(attributes(keys.stream()));
    }

    /** The same for people. */
    String shape() {
        var key = "its key must be " + names(keys);
        return index == null
                ? key
                : "%s and its index %s must have the key %s and project all attributes"
                        .formatted(key, index.name(), names(index.keys()));
    }

    private static String names(List<Key> keys) {
        return keys.stream()
                .map(key -> "%s (%s)".formatted(key.name(), key.type()))
                .collect(Collectors.joining(", "));
    }

    private List<AttributeDefinition> attributes() {
        return attributes(Stream.concat(keys.stream(), index == null ? Stream.of() : index.keys().stream()));
    }

    private static List<AttributeDefinition> attributes(Stream<Key> keys) {
        return keys.distinct()
                .map(key -> AttributeDefinition.builder()
                        .attributeName(key.name())
                        .attributeType(key.type())
                        .build())
                .toList();
    }

    CreateTableRequest request(StoragePlan plan) {
        var request = CreateTableRequest.builder()
                .tableName(name(plan.tablePrefix()))
                .billingMode(BillingMode.PAY_PER_REQUEST)
                .keySchema(keySchema(keys))
                .deletionProtectionEnabled(plan.deletionProtection())
                .attributeDefinitions(attributes());
        if (plan.managedKey()) {
            request.sseSpecification(encryption -> encryption.enabled(true));
        }
        if (index != null) {
            request.globalSecondaryIndexes(GlobalSecondaryIndex.builder()
                    .indexName(index.name())
                    .keySchema(keySchema(index.keys()))
                    .projection(projection -> projection.projectionType(ProjectionType.ALL))
                    .build());
        }
        return request.build();
    }

    private static List<KeySchemaElement> keySchema(List<Key> keys) {
        return java.util.stream.IntStream.range(0, keys.size())
                .mapToObj(position -> KeySchemaElement.builder()
                        .attributeName(keys.get(position).name())
                        .keyType(position == 0 ? KeyType.HASH : KeyType.RANGE)
                        .build())
                .toList();
    }
}
