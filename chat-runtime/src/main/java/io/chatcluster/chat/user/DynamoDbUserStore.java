package io.chatcluster.chat.user;

import static io.chatcluster.chat.room.DynamoDbCalls.call;

import io.chatcluster.chat.operations.ChatConfig;
import io.chatcluster.chat.room.Cursor;
import io.chatcluster.chat.room.DynamoDbBatchReads;
import io.chatcluster.chat.room.DynamoDbTransactions;
import io.chatcluster.chat.room.UserId;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.QueryRequest;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItem;

/** Users in the table of memberships, each with the entries of the directory that lead to them. */
@ApplicationScoped
public class DynamoDbUserStore implements UserStore {

    private static final String BY_ROOM = "byRoom";

    private final DynamoDbClient client;
    private final String table;
    private final DynamoDbBatchReads reads;

    @Inject
    public DynamoDbUserStore(DynamoDbClient client, ChatConfig config) {
        this.client = client;
        this.table = config.dynamodb().tablePrefix() + "members";
        this.reads = new DynamoDbBatchReads(client, table, false);
    }

    @Override
    public Optional<UserProfile> profile(UserId user) {
        var response = call(() -> client.getItem(
                r -> r.tableName(table).key(DynamoDbUserItems.profileKey(user)).consistentRead(true)));
        return response.hasItem() ? Optional.of(DynamoDbUserItems.profile(response.item())) : Optional.empty();
    }

    @Override
    public void create(UserProfile profile) {
        List<TransactWriteItem> writes = new ArrayList<>();
        writes.add(TransactWriteItem.builder()
                .put(r -> r.tableName(table)
                        .item(DynamoDbUserItems.item(profile))
                        .conditionExpression("attribute_not_exists(room)"))
                .build());
        DynamoDbUserItems.terms(profile).forEach(term -> writes.add(entry(term, profile.user())));
        var unused = DynamoDbTransactions.write(client, writes);
    }

    @Override
    public boolean replace(UserProfile present, UserProfile profile) {
        Set<DirectoryTerm> before = DynamoDbUserItems.terms(present);
        Set<DirectoryTerm> after = DynamoDbUserItems.terms(profile);
        List<TransactWriteItem> writes = new ArrayList<>();
        writes.add(put(present, profile));
        before.stream()
                .filter(term -> !after.contains(term))
                .forEach(term -> writes.add(TransactWriteItem.builder()
                        .delete(r -> r.tableName(table).key(DynamoDbUserItems.directoryKey(term, profile.user())))
                        .build()));
        after.stream().filter(term -> !before.contains(term)).forEach(term -> writes.add(entry(term, profile.user())));
        return DynamoDbTransactions.write(client, writes).written();
    }

    /** The entries that are deleted are those of the display name, so that one must be as it was. */
    private TransactWriteItem put(UserProfile present, UserProfile profile) {
        String name = present.displayName();
        return TransactWriteItem.builder()
                .put(r -> {
                    r.tableName(table).item(DynamoDbUserItems.item(profile));
                    if (name == null) {
                        r.conditionExpression("attribute_exists(room) AND attribute_not_exists(displayName)");
                    } else {
                        r.conditionExpression("displayName = :name")
                                .expressionAttributeValues(Map.of(":name", AttributeValue.fromS(name)));
                    }
                })
                .build();
    }

    private TransactWriteItem entry(DirectoryTerm term, UserId user) {
        return TransactWriteItem.builder()
                .put(r -> r.tableName(table).item(DynamoDbUserItems.directoryKey(term, user)))
                .build();
    }

    @Override
    public UserPage find(String prefix, @Nullable String after, int limit) {
        DirectoryTerm term = DirectoryTerm.of(prefix);
        QueryRequest request = QueryRequest.builder()
                .tableName(table)
                .indexName(BY_ROOM)
                .keyConditionExpression("room = :directory AND begins_with(#user, :prefix)")
                .expressionAttributeNames(Map.of("#user", "user"))
                .expressionAttributeValues(Map.of(
                        ":directory", DynamoDbUserItems.directory(term),
                        ":prefix", DynamoDbUserItems.beginning(term)))
                .exclusiveStartKey(after == null ? null : start(after, term))
                .limit(limit)
                .build();
        var page = call(() -> client.query(request));
        Map<UserId, UserProfile> profiles = profiles(
                page.items().stream().map(DynamoDbUserItems::user).distinct().toList());
        List<UserProfile> found = new ArrayList<>();
        for (Map<String, AttributeValue> entry : page.items()) {
            UserProfile profile = profiles.get(DynamoDbUserItems.user(entry));
            if (profile != null && DynamoDbUserItems.leads(entry, profile, term)) {
                found.add(profile);
            }
        }
        return new UserPage(
                List.copyOf(found),
                page.hasLastEvaluatedKey() ? DynamoDbUserItems.cursor(page.lastEvaluatedKey()) : null);
    }

    private static Map<String, AttributeValue> start(String after, DirectoryTerm term) {
        Map<String, AttributeValue> key = DynamoDbUserItems.keyOf(after, term);
        if (key == null) {
            throw Cursor.invalid(null);
        }
        return key;
    }

    private Map<UserId, UserProfile> profiles(List<UserId> users) {
        Map<UserId, UserProfile> profiles = new HashMap<>();
        reads.forEach(users.stream().map(DynamoDbUserItems::profileKey).toList(), item -> {
            UserProfile profile = DynamoDbUserItems.profile(item);
            profiles.put(profile.user(), profile);
        });
        return profiles;
    }
}
