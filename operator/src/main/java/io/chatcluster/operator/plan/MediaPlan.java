package io.chatcluster.operator.plan;

import io.chatcluster.crds.v1alpha1.DeletionPolicy;
import io.chatcluster.crds.v1alpha1.Provisioning;

/** The S3 bucket for attachments. */
public record MediaPlan(
        AwsLocation location, String bucket, Provisioning provisioning, DeletionPolicy deletionPolicy) {}
