package io.chatcluster.operator.aws;

import static org.assertj.core.api.Assertions.assertThat;

import io.chatcluster.crds.v1alpha1.ConditionReason;
import io.chatcluster.crds.v1alpha1.DeletionPolicy;
import io.chatcluster.crds.v1alpha1.Provisioning;
import io.chatcluster.crds.v1alpha1.TableStatus;
import io.chatcluster.operator.plan.AwsLocation;
import io.chatcluster.operator.plan.StoragePlan;
import io.chatcluster.operator.status.StorageObservation;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.BillingMode;
import software.amazon.awssdk.services.dynamodb.model.KeyType;
import software.amazon.awssdk.services.dynamodb.model.ProjectionType;
import software.amazon.awssdk.services.dynamodb.model.ScalarAttributeType;
import software.amazon.awssdk.services.dynamodb.model.TimeToLiveStatus;

/** The tables' life in DynamoDB Local. */
class TablesTest {
    @TempDir
    private static Path directory;

    private static final AwsClients CLIENTS = new AwsClients();
    private static AwsStandIn server;
    private static DynamoDbClient client;

    private final Tables tables = new Tables(CLIENTS);
    private final List<String> created = new ArrayList<>();
    private String prefix = "";

    @BeforeAll
    static void start() throws IOException {
        server = AwsStandIn.dynamoDb(directory);
        client = server.client();
    }

    @AfterAll
    static void stop() {
        CLIENTS.close();
        client.close();
        server.close();
    }

    @BeforeEach
    void prefix(TestInfo test) {
        prefix = test.getTestMethod().orElseThrow().getName() + "-";
    }

    private StoragePlan plan(Provisioning provisioning, DeletionPolicy deletion) {
        return new StoragePlan(server.location(), prefix, false, provisioning, deletion);
    }

    private StoragePlan managed() {
        return plan(Provisioning.MANAGED, DeletionPolicy.RETAIN);
    }

    private StorageObservation visit(StoragePlan plan, String... established) {
        return tables.reconcile(plan, AwsStandIn.CREDENTIALS, Set.of(established), true, created::add);
    }

    private static ConditionReason reason(StorageObservation seen) {
        return Objects.requireNonNull(seen.problem()).reason();
    }

    @Test
    void shouldMakeTheTablesAndSayWhenTheyAreActive() {
        // Given
        var plan = managed();

        // When
        var first = visit(plan);
        var second = visit(plan);

        // Then
        assertThat(reason(first)).isEqualTo(ConditionReason.TABLES_CREATING);
        assertThat(created).containsExactly(prefix + "messages", prefix + "rooms", prefix + "members");
        assertThat(second.problem()).isNull();
        assertThat(second.tables()).extracting(TableStatus::status).containsOnly("ACTIVE");
    }

    @Test
    void shouldLetOldMessagesExpireAndProtectWhatIsToBeKept() {
        // Given
        visit(managed());

        // When
        visit(managed());

        // Then
        assertThat(client.describeTimeToLive(request -> request.tableName(prefix + "messages"))
                        .timeToLiveDescription()
                        .timeToLiveStatus())
                .isEqualTo(TimeToLiveStatus.ENABLED);
        assertThat(client.describeTable(request -> request.tableName(prefix + "rooms"))
                        .table()
                        .deletionProtectionEnabled())
                .isTrue();
    }

    @Test
    void shouldPutBackTheProtectionThatAnotherHandTookAway() {
        // Given
        visit(managed());
        client.updateTable(request -> request.tableName(prefix + "rooms").deletionProtectionEnabled(false));

        // When
        var seen = visit(managed());

        // Then
        assertThat(reason(seen)).isEqualTo(ConditionReason.TABLES_UPDATING);
        assertThat(client.describeTable(request -> request.tableName(prefix + "rooms"))
                        .table()
                        .deletionProtectionEnabled())
                .isTrue();
        assertThat(visit(managed()).problem()).isNull();
    }

    @Test
    void shouldNeverMakeALostTableAnew() {
        // Given
        var plan = managed();

        // When
        var seen = visit(plan, prefix + "messages");

        // Then
        assertThat(reason(seen)).isEqualTo(ConditionReason.TABLE_MISSING);
        assertThat(created).doesNotContain(prefix + "messages");
    }

    @Test
    void shouldOnlyLookAtExternalTables() {
        // Given
        var plan = plan(Provisioning.EXTERNAL, DeletionPolicy.RETAIN);

        // When
        var seen = visit(plan);

        // Then
        assertThat(reason(seen)).isEqualTo(ConditionReason.TABLE_MISSING);
        assertThat(created).isEmpty();
        assertThat(client.listTables().tableNames()).noneMatch(name -> name.startsWith(prefix));
    }

    @Test
    void shouldOnlyLookWhilePaused() {
        // Given
        var plan = managed();

        // When
        var seen = tables.reconcile(plan, AwsStandIn.CREDENTIALS, Set.of(), false, created::add);

        // Then
        assertThat(reason(seen)).isEqualTo(ConditionReason.TABLE_MISSING);
        assertThat(created).isEmpty();
    }

    @Test
    void shouldRefuseATableOfAnotherShape() {
        // Given
        client.createTable(request -> request.tableName(prefix + "rooms")
                .billingMode(BillingMode.PAY_PER_REQUEST)
                .keySchema(key -> key.attributeName("other").keyType(KeyType.HASH))
                .attributeDefinitions(
                        attribute -> attribute.attributeName("other").attributeType(ScalarAttributeType.S)));
        visit(managed());

        // When
        var seen = visit(managed());

        // Then
        assertThat(reason(seen)).isEqualTo(ConditionReason.TABLE_INVALID);
        assertThat(Objects.requireNonNull(seen.problem()).message()).contains(prefix + "rooms");
    }

    @Test
    void shouldRefuseATableWhoseIndexHasOtherKeys() {
        // Given
        var request = TableDefinition.MEMBERS.request(managed());
        var turned = request.globalSecondaryIndexes().getFirst().toBuilder()
                .keySchema(request.keySchema())
                .build();
        client.createTable(request.toBuilder().globalSecondaryIndexes(turned).build());
        visit(managed());

        // When
        var seen = visit(managed());

        // Then
        assertThat(reason(seen)).isEqualTo(ConditionReason.TABLE_INVALID);
        assertThat(Objects.requireNonNull(seen.problem()).message()).contains("byRoom", "room (S), user (S)");
    }

    @Test
    void shouldRefuseATableWhoseIndexLeavesAttributesOut() {
        // Given
        var request = TableDefinition.MEMBERS.request(managed());
        var keysOnly = request.globalSecondaryIndexes().getFirst().toBuilder()
                .projection(projection -> projection.projectionType(ProjectionType.KEYS_ONLY))
                .build();
        client.createTable(request.toBuilder().globalSecondaryIndexes(keysOnly).build());
        visit(managed());

        // When
        var seen = visit(managed());

        // Then
        assertThat(reason(seen)).isEqualTo(ConditionReason.TABLE_INVALID);
        assertThat(Objects.requireNonNull(seen.problem()).message()).contains("byRoom", "all attributes");
    }

    @Test
    void shouldRefuseATableWhoseKeysAreOfAnotherType() {
        // Given
        client.createTable(TableDefinition.ROOMS.request(managed()).toBuilder()
                .attributeDefinitions(room -> room.attributeName("room").attributeType(ScalarAttributeType.N))
                .build());
        visit(managed());

        // When
        var seen = visit(managed());

        // Then
        assertThat(reason(seen)).isEqualTo(ConditionReason.TABLE_INVALID);
    }

    @Test
    void shouldHaveAnAdoptedTablePaidByRequest() {
        // Given
        client.createTable(TableDefinition.ROOMS.request(managed()).toBuilder()
                .billingMode(BillingMode.PROVISIONED)
                .provisionedThroughput(
                        capacity -> capacity.readCapacityUnits(1L).writeCapacityUnits(1L))
                .build());

        // When
        visit(managed());

        // Then
        assertThat(client.describeTable(request -> request.tableName(prefix + "rooms"))
                        .table()
                        .billingModeSummary()
                        .billingMode())
                .isEqualTo(BillingMode.PAY_PER_REQUEST);
    }

    @Test
    void shouldHaveItemsExpireByTheRightAttribute() {
        // Given
        client.createTable(TableDefinition.MESSAGES.request(managed()));
        client.updateTimeToLive(request -> request.tableName(prefix + "messages")
                .timeToLiveSpecification(ttl -> ttl.attributeName("other").enabled(true)));

        // When
        var seen = visit(managed());
        visit(managed());

        // Then
        assertThat(reason(seen)).isEqualTo(ConditionReason.TABLES_UPDATING);
        assertThat(Objects.requireNonNull(seen.problem()).message()).contains("other instead of expiresAt");
        assertThat(client.describeTimeToLive(request -> request.tableName(prefix + "messages"))
                        .timeToLiveDescription()
                        .attributeName())
                .isEqualTo("expiresAt");
    }

    @Test
    void shouldSayWhereNobodyAnswers() {
        // Given
        var nowhere = new StoragePlan(
                new AwsLocation("us-east-1", "http://127.0.0.1:1"),
                prefix,
                false,
                Provisioning.MANAGED,
                DeletionPolicy.RETAIN);

        // When
        var seen = visit(nowhere);

        // Then
        assertThat(reason(seen)).isEqualTo(ConditionReason.AWS_UNREACHABLE);
        assertThat(Objects.requireNonNull(seen.problem()).message()).contains("http://127.0.0.1:1");
        assertThat(seen.tables()).isEmpty();
    }
}
