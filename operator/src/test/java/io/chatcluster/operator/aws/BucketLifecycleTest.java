package io.chatcluster.operator.aws;

import static org.assertj.core.api.Assertions.assertThat;

import io.chatcluster.crds.v1alpha1.DeletionPolicy;
import io.chatcluster.crds.v1alpha1.Provisioning;
import io.chatcluster.operator.plan.AwsLocation;
import io.chatcluster.operator.plan.MediaPlan;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.GetBucketLifecycleConfigurationRequest;
import software.amazon.awssdk.services.s3.model.GetBucketLifecycleConfigurationResponse;
import software.amazon.awssdk.services.s3.model.LifecycleRule;
import software.amazon.awssdk.services.s3.model.PutBucketLifecycleConfigurationRequest;
import software.amazon.awssdk.services.s3.model.PutBucketLifecycleConfigurationResponse;

/** The bucket's rules of expiry, which versitygw does not have. */
class BucketLifecycleTest {
    private final RememberedRules bucket = new RememberedRules();

    @Test
    void shouldKeepWhatIsSentForGoodWhereMessagesAreKeptForGood() {
        // When
        lifecycle(null).write();

        // Then
        assertThat(bucket.rules)
                .extracting(LifecycleRule::id)
                .containsExactlyInAnyOrder("chatcluster-pending", "chatcluster-incomplete");
        assertThat(lifecycle(null).isAsPlanned()).isTrue();
    }

    @Test
    void shouldExpireFilesAfterTheMessagesThatCarryThem() {
        // When
        lifecycle(30).write();

        // Then
        assertThat(bucket.rules).anySatisfy(rule -> {
            assertThat(rule.filter().prefix()).isEqualTo("sent-for-30-days/");
            assertThat(rule.expiration().days()).isEqualTo(32);
        });
        assertThat(lifecycle(30).isAsPlanned()).isTrue();
    }

    @Test
    void shouldLetFilesKeepTheDateThatTheyWereSentWith() {
        // Given
        lifecycle(30).write();

        // When
        var asPlanned = lifecycle(7).isAsPlanned();
        lifecycle(7).write();

        // Then
        assertThat(asPlanned).isFalse();
        assertThat(bucket.rules)
                .extracting(LifecycleRule::id)
                .contains("chatcluster-sent-for-30-days", "chatcluster-sent-for-7-days");
    }

    private BucketLifecycle lifecycle(@Nullable Integer messageDays) {
        var plan = new MediaPlan(
                new AwsLocation("eu-west-1", null),
                null,
                "media",
                1000,
                List.of(),
                List.of("*"),
                messageDays,
                Provisioning.MANAGED,
                DeletionPolicy.RETAIN);
        return new BucketLifecycle(bucket, plan);
    }

    private static final class RememberedRules implements S3Client {
        private List<LifecycleRule> rules = List.of();

        @Override
        public GetBucketLifecycleConfigurationResponse getBucketLifecycleConfiguration(
                Consumer<GetBucketLifecycleConfigurationRequest.Builder> request) {
            return GetBucketLifecycleConfigurationResponse.builder()
                    .rules(rules)
                    .build();
        }

        @Override
        public PutBucketLifecycleConfigurationResponse putBucketLifecycleConfiguration(
                PutBucketLifecycleConfigurationRequest request) {
            rules = request.lifecycleConfiguration().rules();
            return PutBucketLifecycleConfigurationResponse.builder().build();
        }

        @Override
        public String serviceName() {
            return SERVICE_NAME;
        }

        @Override
        public void close() {
            // Nothing is open.
        }
    }
}
