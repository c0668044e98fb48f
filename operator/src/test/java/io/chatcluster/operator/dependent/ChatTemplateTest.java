package io.chatcluster.operator.dependent;

import static org.assertj.core.api.Assertions.assertThat;

import io.chatcluster.operator.plan.Circumstances;
import io.chatcluster.operator.plan.Installation;
import io.chatcluster.operator.plan.Plans;
import io.chatcluster.operator.plan.SecretContents;
import io.chatcluster.operator.rollout.Revision;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** When chat pods are replaced, and when they are not. */
class ChatTemplateTest {
    private static final String LEAST = "dynamodb: {region: eu-west-1}\n";

    /**
     * Each id stands for a spec that people may run now. Where one of these differs, the next upgrade of the operator replaces
     * every chat pod of such a spec: where that is meant, commit the new id and say so in the release.
     */
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            replicas: 2                                                                | 2c0a5cf5d620f7ce
            image: registry.test/mine:1                                                | 978e985debbfd858
            auth: {oidc: {issuer: 'https://id.test', audience: shop}}                  | 1b5eb29bce7ddd50
            media: {bucket: pictures}                                                  | b60aaccfb422f957
            template: {annotations: {b: c, a: d}, nodeSelector: {disk: fast}}          | 38e041e0c1652575
            """)
    void shouldKeepThePodsOfAnUnchangedSpec(String spec, String revision) {
        assertThat(revision(LEAST + spec)).isEqualTo(revision);
    }

    @Test
    void shouldKeepThePodsWhenOnlyTheOperatorIsUpgraded() {
        // Given
        var upgraded =
                new Installation(Plans.INSTALLATION.runtimeImage(), "registry.test/redis:8", "9.9.9", "elsewhere");

        // When
        var after = revision(LEAST, upgraded);

        // Then
        assertThat(after).isEqualTo(revision(LEAST));
    }

    @Test
    void shouldReplaceThePodsWhenTheOperatorBringsAnotherRuntime() {
        // Given
        var upgraded =
                new Installation("registry.test/runtime:2", Plans.INSTALLATION.redisImage(), "1.2.3", "operators");

        // When
        var byDefault = revision(LEAST, upgraded);
        var pinned = revision(LEAST + "image: registry.test/mine:1", upgraded);

        // Then
        assertThat(byDefault).isNotEqualTo(revision(LEAST));
        assertThat(pinned).isEqualTo(revision(LEAST + "image: registry.test/mine:1"));
    }

    @Test
    void shouldReplaceThePodsByAnnotation() {
        // Given
        var cluster = Plans.cluster(LEAST);
        cluster.getMetadata().setAnnotations(Map.of("chatcluster.io/restartedAt", "today"));

        // When
        var plan = Plans.of(Plans.plan(cluster, SecretContents.NONE));

        // Then
        assertThat(ChatTemplate.revision(plan).id()).isNotEqualTo(revision(LEAST));
    }

    @Test
    void shouldReplaceThePodsWhenTheyGetAnotherIdentity() {
        // Given
        var role = LEAST + "aws: {serviceAccountAnnotations: {eks.amazonaws.com/role-arn: 'arn:aws:iam::1:role/%s'}}";

        // When
        var one = revision(role.formatted("one"));
        var other = revision(role.formatted("other"));

        // Then
        assertThat(other).isNotEqualTo(one);
        assertThat(one).isNotEqualTo(revision(LEAST));
    }

    @Test
    void shouldKeepThePodsWhereOnlyTheirNumberChanges() {
        assertThat(revision(LEAST + "replicas: 5")).isEqualTo(revision(LEAST + "replicas: 2"));
        assertThat(revision(LEAST + "upgrade: {automaticRollback: Disabled, progressDeadlineSeconds: 60}"))
                .isEqualTo(revision(LEAST));
    }

    @Test
    void shouldMountTheSettingsOfTheRevision() {
        // Given
        var plan = Plans.of(LEAST);

        // When
        var revision = ChatTemplate.revision(plan);

        // Then
        assertThat(revision.template()
                        .getSpec()
                        .getVolumes()
                        .getFirst()
                        .getProjected()
                        .getSources()
                        .getFirst()
                        .getConfigMap()
                        .getName())
                .isEqualTo("demo-chat-" + revision.id());
        assertThat(new ChatRevisions().desired(plan)).singleElement().satisfies(kept -> {
            assertThat(kept.getMetadata().getName()).isEqualTo("demo-chat-" + revision.id());
            assertThat(Revision.read(revision.id(), kept)).contains(revision);
        });
    }

    private static String revision(String spec) {
        return revision(spec, Plans.INSTALLATION);
    }

    private static String revision(String spec, Installation installation) {
        var planner = Plans.planner(installation);
        return ChatTemplate.revision(
                        Plans.of(planner.plan(Plans.cluster(spec), Circumstances.of(SecretContents.NONE, Plans.NOW))))
                .id();
    }
}
