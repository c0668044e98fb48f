package io.chatcluster.operator.aws;

import io.chatcluster.crds.v1alpha1.ConditionReason;
import io.chatcluster.operator.plan.StoragePlan;
import io.chatcluster.operator.status.Problem;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.ContinuousBackupsStatus;
import software.amazon.awssdk.services.dynamodb.model.PointInTimeRecoveryStatus;
import software.amazon.awssdk.services.dynamodb.model.SSEStatus;
import software.amazon.awssdk.services.dynamodb.model.TableDescription;
import software.amazon.awssdk.services.dynamodb.model.TimeToLiveStatus;

/** What a table must be besides being there: expiring, recoverable, encrypted, and protected where it is to be kept. */
final class TableSettings {
    private TableSettings() {}

    /** Sets what differs. Returns what is under way; absent where the table is as planned. */
    static @Nullable Problem repair(
            DynamoDbClient client, StoragePlan plan, TableDefinition definition, TableDescription table) {
        var name = table.tableName();
        var attribute = definition.timeToLive();
        if (attribute != null && !expires(client, name)) {
            client.updateTimeToLive(request -> request.tableName(name)
                    .timeToLiveSpecification(ttl -> ttl.attributeName(attribute).enabled(true)));
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

    private static boolean expires(DynamoDbClient client, String name) {
        var status = client.describeTimeToLive(request -> request.tableName(name))
                .timeToLiveDescription()
                .timeToLiveStatus();
        return status == TimeToLiveStatus.ENABLED || status == TimeToLiveStatus.ENABLING;
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
