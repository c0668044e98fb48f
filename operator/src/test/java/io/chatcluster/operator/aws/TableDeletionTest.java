package io.chatcluster.operator.aws;

import static org.assertj.core.api.Assertions.assertThat;

import io.chatcluster.crds.v1alpha1.DeletionPolicy;
import io.chatcluster.crds.v1alpha1.Provisioning;
import io.chatcluster.operator.aws.RecordedAws.Answer;
import io.chatcluster.operator.plan.StoragePlan;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
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
import software.amazon.awssdk.services.dynamodb.model.ScalarAttributeType;

/** The tables' end in DynamoDB Local. */
class TableDeletionTest {
    @TempDir
    private static Path directory;

    private static final AwsClients CLIENTS = new AwsClients();
    private static AwsStandIn server;
    private static DynamoDbClient client;

    private final Tables tables = new Tables(CLIENTS);
    private final List<String> leftBehind = new ArrayList<>();
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

    private void make() {
        var plan = plan(Provisioning.MANAGED, DeletionPolicy.RETAIN);
        tables.reconcile(plan, AwsStandIn.CREDENTIALS, Set.of(), true, name -> {});
    }

    private void makeWithoutIndex() {
        client.createTable(request -> request.tableName(prefix + "members")
                .billingMode(BillingMode.PAY_PER_REQUEST)
                .keySchema(
                        key -> key.attributeName("user").keyType(KeyType.HASH),
                        key -> key.attributeName("room").keyType(KeyType.RANGE))
                .attributeDefinitions(
                        attribute -> attribute.attributeName("user").attributeType(ScalarAttributeType.S),
                        attribute -> attribute.attributeName("room").attributeType(ScalarAttributeType.S)));
    }

    private List<String> delete(Provisioning provisioning, DeletionPolicy deletion) {
        return tables.delete(plan(provisioning, deletion), AwsStandIn.CREDENTIALS, leftBehind::add);
    }

    private List<String> present() {
        return client.listTables().tableNames().stream()
                .filter(name -> name.startsWith(prefix))
                .toList();
    }

    @Test
    void shouldDeleteTheTablesOnlyWhereAsked() {
        // Given
        make();

        // When
        var kept = delete(Provisioning.MANAGED, DeletionPolicy.RETAIN);
        var external = delete(Provisioning.EXTERNAL, DeletionPolicy.DELETE);
        var deleting = delete(Provisioning.MANAGED, DeletionPolicy.DELETE);
        var gone = delete(Provisioning.MANAGED, DeletionPolicy.DELETE);

        // Then
        assertThat(kept).isEmpty();
        assertThat(external).isEmpty();
        assertThat(deleting).hasSize(3);
        assertThat(gone).isEmpty();
        assertThat(present()).isEmpty();
    }

    @Test
    void shouldDeleteATableThatHasLostItsIndex() {
        // Given
        makeWithoutIndex();

        // When
        var deleting = delete(Provisioning.MANAGED, DeletionPolicy.DELETE);

        // Then
        assertThat(deleting).containsExactly(prefix + "members");
        assertThat(present()).isEmpty();
        assertThat(leftBehind).isEmpty();
    }

    @Test
    void shouldWaitForATableOfWhichDynamoDbTellsNoKeysWhileItGoes() throws IOException {
        // Given
        try (var aws = new RecordedAws(
                question -> Answer.ok("{\"Table\":{\"TableName\":\"a-rooms\",\"TableStatus\":\"DELETING\"}}"))) {
            var plan = new StoragePlan(aws.location(), "a-", false, Provisioning.MANAGED, DeletionPolicy.DELETE);

            // When
            var left = tables.delete(plan, AwsStandIn.CREDENTIALS, leftBehind::add);

            // Then
            assertThat(left).containsExactly("a-messages", "a-rooms", "a-members");
            assertThat(leftBehind).isEmpty();
            assertThat(aws.operations()).containsExactly("DescribeTable");
        }
    }

    @Test
    void shouldLeaveATableThatIsOnlyCalledLikeOneOfItsOwn() {
        // Given
        client.createTable(request -> request.tableName(prefix + "rooms")
                .billingMode(BillingMode.PAY_PER_REQUEST)
                .keySchema(key -> key.attributeName("other").keyType(KeyType.HASH))
                .attributeDefinitions(
                        attribute -> attribute.attributeName("other").attributeType(ScalarAttributeType.S)));
        make();

        // When
        delete(Provisioning.MANAGED, DeletionPolicy.DELETE);
        leftBehind.clear();
        var left = delete(Provisioning.MANAGED, DeletionPolicy.DELETE);

        // Then
        assertThat(left).isEmpty();
        assertThat(present()).containsExactly(prefix + "rooms");
        assertThat(leftBehind).singleElement().asString().contains(prefix + "rooms", "other keys");
    }
}
