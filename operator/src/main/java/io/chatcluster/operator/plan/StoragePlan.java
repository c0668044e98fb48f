package io.chatcluster.operator.plan;

import io.chatcluster.crds.v1alpha1.DeletionPolicy;
import io.chatcluster.crds.v1alpha1.Provisioning;

/** The DynamoDB tables, {@code tablePrefix} followed by messages, rooms and members. */
public record StoragePlan(
        AwsLocation location,
        String tablePrefix,
        boolean pointInTimeRecovery,
        Provisioning provisioning,
        DeletionPolicy deletionPolicy) {}
