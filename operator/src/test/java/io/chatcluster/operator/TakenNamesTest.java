package io.chatcluster.operator;

import static org.assertj.core.api.Assertions.assertThat;

import io.chatcluster.crds.v1alpha1.ChatCluster;
import io.chatcluster.crds.v1alpha1.ChatClusterStatus;
import io.chatcluster.crds.v1alpha1.MediaStatus;
import io.chatcluster.crds.v1alpha1.Provisioning;
import io.chatcluster.operator.plan.Plans;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Who may have the tables and the bucket that several ChatClusters would call the same. */
class TakenNamesTest {
    private static final String MORNING = "2026-11-24T08:00:00Z";
    private static final String EVENING = "2026-11-24T20:00:00Z";

    private static ChatCluster cluster(String namespace, String name, String made, String media) {
        var cluster = Plans.cluster("dynamodb: {region: eu-west-1}\nmedia: {%s}".formatted(media));
        cluster.getMetadata().setNamespace(namespace);
        cluster.getMetadata().setName(name);
        cluster.getMetadata().setUid(namespace + name);
        cluster.getMetadata().setCreationTimestamp(made);
        return cluster;
    }

    /** After a visit in which its bucket answered. */
    private static ChatCluster visited(ChatCluster cluster, @Nullable Provisioning provisioning) {
        cluster.setStatus(new ChatClusterStatus(
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                new MediaStatus("pictures", true, provisioning),
                null,
                null,
                null));
        return cluster;
    }

    private static List<String> problems(ChatCluster cluster, ChatCluster other) {
        return TakenNames.of(cluster, Stream.of(cluster, other));
    }

    @Test
    void shouldRefuseTheTablesOfAnOlderOneInAnotherNamespace() {
        // Given
        var older = cluster("a", "b-c", MORNING, "bucket: one");
        var younger = cluster("a-b", "c", EVENING, "bucket: other");

        // When
        var problems = problems(younger, older);

        // Then
        assertThat(problems)
                .singleElement()
                .asString()
                .contains("a-b-c-", "ChatCluster b-c in namespace a", "choose another name");
        assertThat(problems(older, younger)).isEmpty();
    }

    @Test
    void shouldRefuseOneOfTwoThatWereMadeInTheSameSecond() {
        // Given
        var one = cluster("a", "b-c", MORNING, "bucket: one");
        var other = cluster("a-b", "c", MORNING, "bucket: other");

        // When
        var problems = Stream.of(problems(one, other), problems(other, one)).flatMap(List::stream);

        // Then
        assertThat(problems).hasSize(1);
    }

    @Test
    void shouldRefuseTheBucketOfAnOlderOneInAnotherNamespace() {
        // Given
        var older = cluster("shop", "demo", MORNING, "");
        var younger = cluster("other", "demo", EVENING, "bucket: shop-demo-media");

        // When
        var problems = problems(younger, older);

        // Then
        assertThat(problems).singleElement().asString().contains("shop-demo-media", "spec.media.provisioning");
    }

    @Test
    void shouldLetAnAdminShareABucket() {
        // Given
        var older = cluster("shop", "demo", MORNING, "bucket: pictures");
        var sharing = cluster("other", "demo", EVENING, "bucket: pictures, provisioning: External");
        var neighbour = cluster("shop", "second", EVENING, "bucket: pictures");

        // When
        var problems =
                Stream.of(problems(sharing, older), problems(neighbour, older)).flatMap(List::stream);

        // Then
        assertThat(problems).isEmpty();
    }

    @Test
    void shouldKeepARunningOnesBucketFromAnOlderOneThatNamesItLater() {
        // Given
        var running = visited(cluster("shop", "demo", EVENING, "bucket: pictures"), Provisioning.MANAGED);
        var older = cluster("other", "demo", MORNING, "bucket: pictures, deletionPolicy: Delete");

        // When
        var problems = problems(older, running);

        // Then
        assertThat(problems).singleElement().asString().contains("pictures", "ChatCluster demo in namespace shop");
        assertThat(problems(running, older)).isEmpty();
    }

    @Test
    void shouldKeepARunningOnesBucketFromOneThatSharedItBefore() {
        // Given
        var running = visited(cluster("shop", "demo", EVENING, "bucket: pictures"), Provisioning.MANAGED);
        var managing = visited(cluster("other", "demo", MORNING, "bucket: pictures"), Provisioning.EXTERNAL);

        // When
        var problems = problems(managing, running);

        // Then
        assertThat(problems).hasSize(1);
        assertThat(problems(running, managing)).isEmpty();
    }

    @Test
    void shouldKeepABucketForWhomAnOperatorOfBeforeReachedIt() {
        // Given
        var running = visited(cluster("shop", "demo", EVENING, "bucket: pictures"), null);
        var older = cluster("other", "demo", MORNING, "bucket: pictures");

        // When
        var problems = problems(running, older);

        // Then
        assertThat(problems).isEmpty();
        assertThat(problems(older, running)).hasSize(1);
    }

    @Test
    void shouldForgetTheBucketThatTheSpecNamedBefore() {
        // Given
        var moved = visited(cluster("shop", "demo", EVENING, "bucket: photos"), Provisioning.MANAGED);
        var older = cluster("other", "demo", MORNING, "bucket: photos");

        // When
        var problems = problems(moved, older);

        // Then
        assertThat(problems).hasSize(1);
    }

    @Test
    void shouldLeaveARunningOneItsBucketWhenAnOlderOneSharesIt() {
        // Given
        var running = visited(cluster("shop", "demo", EVENING, "bucket: pictures"), Provisioning.MANAGED);
        var sharing = visited(
                cluster("other", "demo", MORNING, "bucket: pictures, provisioning: External"), Provisioning.EXTERNAL);

        // When
        var problems = Stream.of(problems(running, sharing), problems(sharing, running))
                .flatMap(List::stream);

        // Then
        assertThat(problems).isEmpty();
    }

    @Test
    void shouldHaveABucketMadeThatAnotherOnlyWaitsFor() {
        // Given
        var waiting = cluster("other", "demo", MORNING, "bucket: pictures, provisioning: External");
        var making = cluster("shop", "demo", EVENING, "bucket: pictures");

        // When
        var problems = problems(making, waiting);

        // Then
        assertThat(problems).isEmpty();
    }

    @Test
    void shouldRefuseToManageABucketThatAnotherUsesAsSomebodyElses() {
        // Given
        var using = visited(
                cluster("other", "demo", EVENING, "bucket: pictures, provisioning: External"), Provisioning.EXTERNAL);
        var managing = cluster("shop", "demo", MORNING, "bucket: pictures, deletionPolicy: Delete");

        // When
        var problems = problems(managing, using);

        // Then
        assertThat(problems)
                .singleElement()
                .asString()
                .contains("pictures is there already and used by the ChatCluster demo in namespace other");
    }
}
