package io.chatcluster.operator.aws;

import io.chatcluster.crds.v1alpha1.ConditionReason;
import io.chatcluster.crds.v1alpha1.DeletionPolicy;
import io.chatcluster.crds.v1alpha1.Provisioning;
import io.chatcluster.operator.plan.MediaPlan;
import io.chatcluster.operator.status.MediaObservation;
import io.chatcluster.operator.status.Problem;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.InstantSource;
import java.util.List;
import java.util.function.Consumer;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.NoSuchBucketException;
import software.amazon.awssdk.services.s3.model.ObjectIdentifier;
import software.amazon.awssdk.services.s3.model.S3Error;
import software.amazon.awssdk.services.s3.model.S3Exception;

/** Makes, asks for and deletes the S3 bucket of a ChatCluster. */
@ApplicationScoped
public class Bucket {
    /** The one region that must not be named when a bucket is made in it. */
    private static final String UNNAMED_REGION = "us-east-1";

    private final AwsClients clients;
    private final Recent<MediaPlan, BucketSettings.Outcome> compared;

    @Inject
    Bucket(AwsClients clients) {
        this(clients, InstantSource.system());
    }

    Bucket(AwsClients clients, InstantSource clock) {
        this.clients = clients;
        this.compared = new Recent<>(clock);
    }

    /**
     * Makes the bucket where it is planned and was never there, sets it up, and says how it is.
     *
     * @param established whether the bucket could ever be reached
     * @param mayWrite whether to change anything, or only to look
     * @param created told the name of the bucket if this call makes it
     */
    public MediaObservation reconcile(
            MediaPlan plan,
            AwsCredentials credentials,
            boolean established,
            boolean mayWrite,
            Consumer<String> created) {
        var bucket = plan.bucket();
        try {
            var client = clients.s3(plan.location(), credentials);
            if (exists(client, bucket)) {
                if (!mayWrite || plan.provisioning() == Provisioning.EXTERNAL) {
                    return new MediaObservation(bucket, true, List.of(), null);
                }
                var settings = settings(client, plan);
                return new MediaObservation(bucket, true, settings.unsupported(), settings.problem());
            }
            compared.forget(plan);
            if (established || plan.provisioning() == Provisioning.EXTERNAL) {
                return new MediaObservation(bucket, established, List.of(), missing(bucket, established));
            }
            if (!mayWrite) {
                return new MediaObservation(
                        bucket,
                        false,
                        List.of(),
                        Problem.lasting(
                                ConditionReason.BUCKET_MISSING,
                                "Bucket %s does not exist. It is made when the pause ends.".formatted(bucket)));
            }
            make(client, plan);
            created.accept(bucket);
            return new MediaObservation(
                    bucket,
                    false,
                    List.of(),
                    Problem.passing(ConditionReason.BUCKET_CREATING, "Bucket %s is being made.".formatted(bucket)));
        } catch (SdkException e) {
            return new MediaObservation(
                    bucket, established, List.of(), AwsProblems.of(e, "Bucket " + bucket, plan.location()));
        }
    }

    private BucketSettings.Outcome settings(S3Client client, MediaPlan plan) {
        var recent = compared.get(plan);
        if (recent != null) {
            return recent;
        }
        var outcome = new BucketSettings(client, plan).repair();
        if (outcome.settled()) {
            compared.put(plan, outcome, TableSettings.KEPT);
        }
        return outcome;
    }

    private static Problem missing(String bucket, boolean established) {
        return Problem.lasting(
                ConditionReason.BUCKET_MISSING,
                established
                        ? "Bucket %s was there and is gone. It is not made anew, for it would be empty: restore it, or make an empty one yourself if its content may be lost."
                                .formatted(bucket)
                        : "Bucket %s does not exist and spec.media.provisioning is External: make it, or set Managed."
                                .formatted(bucket));
    }

    private static void make(S3Client client, MediaPlan plan) {
        var region = plan.location().region();
        client.createBucket(request -> {
            request.bucket(plan.bucket());
            if (!region.equals(UNNAMED_REGION)) {
                request.createBucketConfiguration(configuration -> configuration.locationConstraint(region));
            }
        });
    }

    private static boolean exists(S3Client client, String bucket) {
        try {
            client.headBucket(request -> request.bucket(bucket));
            return true;
        } catch (NoSuchBucketException e) {
            return false;
        } catch (S3Exception e) {
            if (e.statusCode() == 404) {
                return false;
            }
            // The answer to a HEAD has no body that says why; the same question as a GET has.
            client.listObjectsV2(request -> request.bucket(bucket).maxKeys(1));
            throw e;
        }
    }

    /**
     * Deletes the bucket and some of what is in it where the plan says so.
     *
     * @return the bucket's name if it still exists
     * @throws SdkException where AWS does not answer or refuses
     */
    public List<String> delete(MediaPlan plan, AwsCredentials credentials) {
        if (plan.deletionPolicy() != DeletionPolicy.DELETE || plan.provisioning() != Provisioning.MANAGED) {
            return List.of();
        }
        var client = clients.s3(plan.location(), credentials);
        var bucket = plan.bucket();
        if (!exists(client, bucket)) {
            return List.of();
        }
        // One page a visit: the caller comes back until the bucket is gone.
        var page = client.listObjectsV2(request -> request.bucket(bucket)).contents().stream()
                .map(object -> ObjectIdentifier.builder().key(object.key()).build())
                .toList();
        if (page.isEmpty()) {
            client.deleteBucket(request -> request.bucket(bucket));
        } else {
            client
                    .deleteObjects(request -> request.bucket(bucket).delete(objects -> objects.objects(page)))
                    .errors()
                    .stream()
                    .findFirst()
                    .ifPresent(Bucket::refuse);
        }
        return List.of(bucket);
    }

    /** What S3 has against a single object is part of an answer that is fine as a whole. */
    private static void refuse(S3Error error) {
        throw S3Exception.builder()
                .awsErrorDetails(AwsErrorDetails.builder()
                        .serviceName("S3")
                        .errorCode(error.code())
                        .errorMessage("Object %s: %s".formatted(error.key(), error.message()))
                        .build())
                .message("S3 does not delete the object %s: %s".formatted(error.key(), error.code()))
                .build();
    }
}
