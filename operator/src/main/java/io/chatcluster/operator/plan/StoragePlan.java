package io.chatcluster.operator.plan;

import static java.util.Objects.requireNonNullElse;

import io.chatcluster.crds.v1alpha1.DeletionPolicy;
import io.chatcluster.crds.v1alpha1.DynamoDbSpec;
import io.chatcluster.crds.v1alpha1.Provisioning;
import io.chatcluster.operator.metadata.ResourceNames;

/** The DynamoDB tables, {@code tablePrefix} followed by messages, rooms and members. */
public record StoragePlan(
        AwsLocation location,
        String tablePrefix,
        boolean pointInTimeRecovery,
        Provisioning provisioning,
        DeletionPolicy deletionPolicy) {

    static StoragePlan of(DynamoDbSpec tables, ResourceNames names) {
        return new StoragePlan(
                new AwsLocation(tables.region(), tables.endpoint()),
                names.tablePrefix(),
                requireNonNullElse(tables.pointInTimeRecovery(), tables.endpoint() == null),
                requireNonNullElse(tables.provisioning(), Provisioning.MANAGED),
                requireNonNullElse(tables.deletionPolicy(), DeletionPolicy.RETAIN));
    }

    /** Whether a key that AWS manages for the account encrypts the tables; stand-ins of DynamoDB have none. */
    public boolean managedKey() {
        return location.endpoint() == null;
    }

    /** Whether the tables are to be kept from being deleted by accident. */
    public boolean deletionProtection() {
        return deletionPolicy == DeletionPolicy.RETAIN;
    }
}
