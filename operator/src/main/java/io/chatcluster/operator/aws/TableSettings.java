package io.chatcluster.operator.aws;

import io.chatcluster.crds.v1alpha1.ConditionReason;
import io.chatcluster.operator.plan.StoragePlan;
import io.chatcluster.operator.status.Problem;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.BillingMode;
import software.amazon.awssdk.services.dynamodb.model.ContinuousBackupsStatus;
import software.amazon.awssdk.services.dynamodb.model.DynamoDbException;
import software.amazon.awssdk.services.dynamodb.model.PointInTimeRecoveryStatus;
import software.amazon.awssdk.services.dynamodb.model.SSEStatus;
import software.amazon.awssdk.services.dynamodb.model.TableDescription;
import software.amazon.awssdk.services.dynamodb.model.TimeToLiveStatus;

/** What a table must be besides being there: expiring, recoverable, encrypted, and protected where it is to be kept. */
final class TableSettings {
    private static final Logger LOG = Logger.getLogger(TableSettings.class);

    /** How long what AWS must be asked for apart from the table itself is taken for unchanged. */
    static final Duration KEPT = Duration.ofMinutes(10);

    private static final Duration AFTER_THROTTLING = Duration.ofMinutes(1);

    private final Recent<Table, StoragePlan> compared;

    /** One that was deleted and made anew is another. */
    private record Table(
            String name, @Nullable String id, @Nullable Instant made) {}

    TableSettings(InstantSource clock) {
        this.compared = new Recent<>(clock);
    }

    /** Sets what differs. Returns what is under way; absent where the table is as planned. */
    @Nullable
    Problem repair(DynamoDbClient client, StoragePlan plan, TableDefinition definition, TableDescription table) {
        var change = change(client, plan, table);
        var key = new Table(table.tableName(), table.tableId(), table.creationDateTime());
        if (change != null || plan.equals(compared.get(key))) {
            return change;
        }
        try {
            var further = furtherChange(client, plan, definition, table.tableName());
            if (further == null) {
                compared.put(key, plan, KEPT);
            }
            return further;
        } catch (DynamoDbException e) {
            if (!e.isThrottlingException()) {
                throw e;
            }
            // The table is there and serves; that its settings could not be asked for now does not change that.
            LOG.warnf("The settings of table %s are compared later: %s", table.tableName(), e.getMessage());
            compared.put(key, plan, AFTER_THROTTLING);
            return null;
        }
    }

    /** Of what the description of a table says. */
    private static @Nullable Problem change(DynamoDbClient client, StoragePlan plan, TableDescription table) {
        var name = table.tableName();
        if (isProvisioned(table)) {
            client.updateTable(request -> request.tableName(name).billingMode(BillingMode.PAY_PER_REQUEST));
            return updating(
                    "Table %s has a provisioned capacity, and is being changed to be paid by request.".formatted(name));
        }
        if (isProtected(table) != plan.deletionProtection()) {
            client.updateTable(request -> request.tableName(name).deletionProtectionEnabled(plan.deletionProtection()));
            return updating("Deletion protection of table %s is being turned %s."
                    .formatted(name, onOrOff(plan.deletionProtection())));
        }
        if (plan.managedKey() && !isEncrypted(table)) {
            client.updateTable(
                    request -> request.tableName(name).sseSpecification(encryption -> encryption.enabled(true)));
            return updating("Table %s is being encrypted by a managed key.".formatted(name));
        }
        return null;
    }

    /** Of what has questions of its own. */
    private static @Nullable Problem furtherChange(
            DynamoDbClient client, StoragePlan plan, TableDefinition definition, String name) {
        var attribute = definition.timeToLive();
        if (attribute != null) {
            var expiry = expiry(client, name, attribute);
            if (expiry != null) {
                return expiry;
            }
        }
        // Stand-ins of DynamoDB have no backups to ask about.
        var hasBackups = plan.location().endpoint() == null || plan.pointInTimeRecovery();
        if (hasBackups && recoverable(client, name) != plan.pointInTimeRecovery()) {
            client.updateContinuousBackups(request -> request.tableName(name)
                    .pointInTimeRecoverySpecification(
                            recovery -> recovery.pointInTimeRecoveryEnabled(plan.pointInTimeRecovery())));
            return updating("Continuous backups of table %s are being turned %s."
                    .formatted(name, onOrOff(plan.pointInTimeRecovery())));
        }
        return null;
    }

    /** Has items expire by this attribute. By another, they must cease to before. */
    private static @Nullable Problem expiry(DynamoDbClient client, String name, String attribute) {
        var found =
                client.describeTimeToLive(request -> request.tableName(name)).timeToLiveDescription();
        var status = found.timeToLiveStatus();
        if (status == TimeToLiveStatus.DISABLED) {
            client.updateTimeToLive(request -> request.tableName(name)
                    .timeToLiveSpecification(ttl -> ttl.attributeName(attribute).enabled(true)));
            return null;
        }
        if (status != TimeToLiveStatus.DISABLING && attribute.equals(found.attributeName())) {
            return null;
        }
        if (status == TimeToLiveStatus.ENABLED) {
            client.updateTimeToLive(request -> request.tableName(name)
                    .timeToLiveSpecification(
                            ttl -> ttl.attributeName(found.attributeName()).enabled(false)));
        }
        // Lasting, for what passes is looked at every few seconds, and this takes DynamoDB up to an hour.
        return Problem.lasting(
                ConditionReason.TABLES_UPDATING,
                "Items of table %s expire by the attribute %s instead of %s. It is being changed, which can take an hour."
                        .formatted(name, found.attributeName(), attribute));
    }

    /** Takes away the protection of a table that is to be deleted, which it may have from before. */
    static void unprotect(DynamoDbClient client, TableDescription table) {
        if (isProtected(table)) {
            client.updateTable(request -> request.tableName(table.tableName()).deletionProtectionEnabled(false));
        }
    }

    private static Problem updating(String message) {
        return Problem.passing(ConditionReason.TABLES_UPDATING, message);
    }

    private static String onOrOff(boolean on) {
        return on ? "on" : "off";
    }

    private static boolean isProtected(TableDescription table) {
        return Boolean.TRUE.equals(table.deletionProtectionEnabled());
    }

    private static boolean isEncrypted(TableDescription table) {
        var encryption = table.sseDescription();
        return encryption != null
                && (encryption.status() == SSEStatus.ENABLED
                        || encryption.status() == SSEStatus.ENABLING
                        || encryption.status() == SSEStatus.UPDATING);
    }

    private static boolean isProvisioned(TableDescription table) {
        var mode = table.billingModeSummary();
        if (mode != null) {
            return mode.billingMode() == BillingMode.PROVISIONED;
        }
        // Where it was never another, nothing but the capacity says so.
        var capacity = table.provisionedThroughput();
        return capacity != null && capacity.readCapacityUnits() != null && capacity.readCapacityUnits() > 0;
    }

    private static boolean recoverable(DynamoDbClient client, String name) {
        var backups = client.describeContinuousBackups(request -> request.tableName(name))
                .continuousBackupsDescription();
        return backups.continuousBackupsStatus() == ContinuousBackupsStatus.ENABLED
                && backups.pointInTimeRecoveryDescription() != null
                && backups.pointInTimeRecoveryDescription().pointInTimeRecoveryStatus()
                        == PointInTimeRecoveryStatus.ENABLED;
    }
}
