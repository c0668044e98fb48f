package io.chatcluster.operator.aws;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.chatcluster.crds.v1alpha1.ConditionReason;
import io.chatcluster.crds.v1alpha1.DeletionPolicy;
import io.chatcluster.crds.v1alpha1.Provisioning;
import io.chatcluster.operator.plan.MediaPlan;
import io.chatcluster.operator.status.MediaObservation;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.CORSRule;

/** The bucket's life in versitygw. */
class BucketTest {
    @TempDir
    private static Path directory;

    private static final AwsClients CLIENTS = new AwsClients();
    private static @Nullable AwsStandIn server;

    private final Bucket bucket = new Bucket(CLIENTS);
    private final List<String> created = new ArrayList<>();
    private String name = "";

    @BeforeAll
    static void start() throws IOException {
        var versitygw = AwsStandIn.versitygw();
        assumeTrue(versitygw.isPresent(), "versitygw is on the PATH, or the cluster tests have compiled it");
        server = AwsStandIn.s3(versitygw.orElseThrow(), directory);
    }

    @AfterAll
    static void stop() {
        CLIENTS.close();
        if (server != null) {
            server.close();
        }
    }

    @BeforeEach
    void name(TestInfo test) {
        name = test.getTestMethod().orElseThrow().getName().toLowerCase(Locale.ROOT);
    }

    private MediaPlan plan(Provisioning provisioning, DeletionPolicy deletion, String... origins) {
        return new MediaPlan(
                Objects.requireNonNull(server).location(),
                null,
                name,
                1000,
                List.of(),
                List.of(origins),
                null,
                provisioning,
                deletion);
    }

    private MediaPlan managed() {
        return plan(Provisioning.MANAGED, DeletionPolicy.DELETE, "https://app.test");
    }

    private MediaObservation visit(MediaPlan plan, boolean established) {
        return bucket.reconcile(plan, AwsStandIn.CREDENTIALS, established, true, created::add);
    }

    private static S3Client client() {
        return CLIENTS.s3(Objects.requireNonNull(server).location(), AwsStandIn.CREDENTIALS);
    }

    @Test
    void shouldMakeTheBucketAndOpenItToTheWebPages() {
        // Given
        var plan = managed();

        // When
        var first = visit(plan, false);
        var second = visit(plan, true);

        // Then
        assertThat(Objects.requireNonNull(first.problem()).reason()).isEqualTo(ConditionReason.BUCKET_CREATING);
        assertThat(created).containsExactly(name);
        assertThat(second.problem()).isNull();
        assertThat(client().getBucketCors(request -> request.bucket(name)).corsRules())
                .singleElement()
                .satisfies(rule -> {
                    assertThat(rule.allowedOrigins()).containsExactly("https://app.test");
                    assertThat(rule.allowedMethods()).containsExactlyInAnyOrder("PUT", "GET", "HEAD");
                });
    }

    @Test
    void shouldSayWhatTheServerDoesNotKnow() {
        // Given
        visit(managed(), false);

        // When
        var seen = visit(managed(), true);

        // Then
        assertThat(seen.problem()).isNull();
        assertThat(seen.unsupported()).contains("the block of public access", "lifecycle rules");
    }

    @Test
    void shouldRepairTheRuleAndKeepThoseOfOthers() {
        // Given
        visit(managed(), false);
        var theirs = CORSRule.builder()
                .id("theirs")
                .allowedMethods("GET")
                .allowedOrigins("https://other.test")
                .build();
        client().putBucketCors(request -> request.bucket(name).corsConfiguration(cors -> cors.corsRules(theirs)));

        // When
        visit(managed(), true);

        // Then
        assertThat(client().getBucketCors(request -> request.bucket(name)).corsRules())
                .extracting(CORSRule::id)
                .containsExactly("chatcluster", "theirs");
    }

    @Test
    void shouldNeverMakeALostBucketAnew() {
        // Given
        var plan = managed();

        // When
        var seen = visit(plan, true);

        // Then
        assertThat(Objects.requireNonNull(seen.problem()).reason()).isEqualTo(ConditionReason.BUCKET_MISSING);
        assertThat(created).isEmpty();
    }

    @Test
    void shouldLeaveAnExternalBucketAlone() {
        // Given
        client().createBucket(request -> request.bucket(name));

        // When
        var seen = visit(plan(Provisioning.EXTERNAL, DeletionPolicy.RETAIN, "*"), false);

        // Then
        assertThat(seen.problem()).isNull();
        assertThat(seen.established()).isTrue();
        assertThat(bucket.delete(plan(Provisioning.EXTERNAL, DeletionPolicy.RETAIN, "*"), AwsStandIn.CREDENTIALS))
                .isEmpty();
        assertThat(client().listBuckets().buckets())
                .anyMatch(found -> found.name().equals(name));
    }

    @Test
    void shouldDeleteWhatIsInTheBucketAndThenTheBucket() {
        // Given
        visit(managed(), false);
        client().putObject(request -> request.bucket(name).key("a"), RequestBody.fromString("a"));

        // When
        var emptied = bucket.delete(managed(), AwsStandIn.CREDENTIALS);
        var deleted = bucket.delete(managed(), AwsStandIn.CREDENTIALS);
        var gone = bucket.delete(managed(), AwsStandIn.CREDENTIALS);

        // Then
        assertThat(emptied).containsExactly(name);
        assertThat(deleted).containsExactly(name);
        assertThat(gone).isEmpty();
        assertThat(client().listBuckets().buckets())
                .noneMatch(found -> found.name().equals(name));
    }
}
