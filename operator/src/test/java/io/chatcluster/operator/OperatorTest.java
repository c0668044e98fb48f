package io.chatcluster.operator;

import static org.assertj.core.api.Assertions.assertThat;

import io.chatcluster.crds.v1alpha1.ChatCluster;
import io.chatcluster.crds.v1alpha1.ConditionType;
import io.chatcluster.operator.metadata.Annotations;
import io.fabric8.kubernetes.api.model.Condition;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.SecretBuilder;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.ResourceNotFoundException;
import io.fabric8.kubernetes.client.dsl.Resource;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import io.micrometer.prometheus.PrometheusMeterRegistry;
import io.prometheus.client.Collector;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;

/** The operator as it is installed for one namespace, at work on a real API server, with AWS out of reach. */
@EnabledIf(value = "io.chatcluster.operator.ApiServer#isCompiled", disabledReason = "Kubernetes is not compiled yet")
@QuarkusTest
@QuarkusTestResource(NamespacedOperator.class)
class OperatorTest {
    private static final Duration PATIENCE = Duration.ofMinutes(2);
    private static final String SPEC = "dynamodb: {region: eu-west-1, endpoint: 'http://127.0.0.1:1'}";

    @Admin
    @Nullable
    KubernetesClient injected;

    @Inject
    @Nullable
    PrometheusMeterRegistry registry;

    private KubernetesClient admin() {
        return Objects.requireNonNull(injected);
    }

    private void apply(String namespace, String name, String annotations, String spec) {
        admin().resource(admin().getKubernetesSerialization()
                        .unmarshal("""
                        apiVersion: chatcluster.io/v1alpha1
                        kind: ChatCluster
                        metadata: {name: %s, namespace: %s, annotations: {%s}}
                        spec: {%s}
                        """.formatted(name, namespace, annotations, spec), GenericKubernetesResource.class))
                .serverSideApply();
    }

    private Resource<ChatCluster> cluster(String namespace, String name) {
        return admin().resources(ChatCluster.class).inNamespace(namespace).withName(name);
    }

    private Resource<Deployment> deployment(String name) {
        return admin().apps().deployments().inNamespace("chat").withName(name + "-chat");
    }

    private Condition condition(String name, String type) {
        var status = cluster("chat", name).require().getStatus();
        var conditions = status == null ? null : status.conditions();
        return Objects.requireNonNullElse(conditions, List.<Condition>of()).stream()
                .filter(condition -> condition.getType().equals(type))
                .findFirst()
                .orElseGet(Condition::new);
    }

    private List<Collector.MetricFamilySamples.Sample> metrics(String name) {
        var registered = Objects.requireNonNull(registry).getPrometheusRegistry();
        return Collections.list(registered.filteredMetricFamilySamples(Set.of(ConditionMetrics.NAME))).stream()
                .flatMap(conditions -> conditions.samples.stream())
                .filter(sample -> sample.labelValues
                        .get(ConditionMetrics.LABELS.indexOf("name"))
                        .equals(name))
                .toList();
    }

    private static void await(Runnable assertion) {
        Awaitility.await()
                .atMost(PATIENCE)
                .ignoreException(ResourceNotFoundException.class)
                .untilAsserted(assertion::run);
    }

    @Test
    void shouldLookAfterItsOwnNamespaceOnly() {
        // Given
        apply("elsewhere", "foreign", "", SPEC);

        // When
        apply("chat", "own", "", SPEC);

        // Then
        await(() -> assertThat(condition("own", "Accepted").getStatus()).isEqualTo("True"));
        await(() ->
                assertThat(deployment("own").require().getSpec().getReplicas()).isEqualTo(2));
        assertThat(cluster("elsewhere", "foreign").require().getStatus().conditions())
                .isNull();
        assertThat(admin().apps().deployments().inNamespace("elsewhere").list().getItems())
                .isEmpty();
    }

    @Test
    void shouldMakeEveryChildWithTheRightsOfOneNamespace() {
        // When
        apply("chat", "whole", "", SPEC + ", autoscaling: {maxReplicas: 3}, ingress: {host: a.test}");

        // Then
        await(() -> assertThat(admin().autoscaling()
                        .v2()
                        .horizontalPodAutoscalers()
                        .inNamespace("chat")
                        .withName("whole-chat")
                        .get())
                .isNotNull());
        await(() -> assertThat(condition("whole", "Progressing").getReason()).isEqualTo("RolloutInProgress"));
        assertThat(admin().apps()
                        .statefulSets()
                        .inNamespace("chat")
                        .withName("whole-redis-1")
                        .get())
                .isNotNull();
        assertThat(admin().network()
                        .v1()
                        .ingresses()
                        .inNamespace("chat")
                        .withName("whole-chat")
                        .get())
                .isNotNull();
    }

    @Test
    void shouldScaleByTheScaleSubresource() {
        // Given
        apply("chat", "scaled", "", SPEC + ", replicas: 2");
        await(() -> assertThat(deployment("scaled").require().getSpec().getReplicas())
                .isEqualTo(2));

        // When
        cluster("chat", "scaled").scale(5);

        // Then
        await(() -> assertThat(deployment("scaled").require().getSpec().getReplicas())
                .isEqualTo(5));
        var scale = cluster("chat", "scaled").scale();
        assertThat(scale.getSpec().getReplicas()).isEqualTo(5);
        assertThat(scale.getStatus().getSelector()).contains("app.kubernetes.io/instance=scaled");
    }

    @Test
    void shouldWriteNoChildWhilePaused() {
        // Given
        apply("chat", "paused", "chatcluster.io/paused: 'true'", SPEC);
        await(() -> assertThat(condition("paused", "Progressing").getReason()).isEqualTo("Paused"));
        var before = deployment("paused").get();

        // When
        cluster("chat", "paused")
                .patch(
                        PatchContext.of(PatchType.JSON_MERGE),
                        "{\"metadata\": {\"annotations\": {\"%s\": null}}}".formatted(Annotations.PAUSED));

        // Then
        assertThat(before).isNull();
        await(() -> assertThat(deployment("paused").get()).isNotNull());
    }

    @Test
    void shouldSayWhatADeletionWaitsForAndLetGoWhenTheFinalizerIsTakenOff() {
        // Given
        apply(
                "chat",
                "held",
                "",
                "dynamodb: {region: eu-west-1, deletionPolicy: Delete}, aws: {credentialsSecretRef: {name: gone}}");
        await(() -> assertThat(condition("held", "SecretsReady").getReason()).isEqualTo("SecretMissing"));

        // When
        cluster("chat", "held").delete();

        // Then
        await(() -> assertThat(condition("held", "Ready").getReason()).isEqualTo("DeletionBlocked"));
        assertThat(condition("held", "Ready").getMessage()).contains("Secret", "gone", AwsCleanup.FINALIZER);
        assertThat(condition("held", "StorageReady").getStatus()).isEqualTo("Unknown");
        assertThat(metrics("held")).hasSize(ConditionType.values().length);

        // When
        cluster("chat", "held").patch(PatchContext.of(PatchType.JSON_MERGE), "{\"metadata\": {\"finalizers\": []}}");

        // Then
        await(() -> assertThat(cluster("chat", "held").get()).isNull());
        await(() -> assertThat(metrics("held")).isEmpty());
    }

    @Test
    void shouldTakeUpASecretThatIsMadeLater() {
        // Given
        apply("chat", "late", "", SPEC + ", aws: {credentialsSecretRef: {name: later}}");
        await(() -> assertThat(condition("late", "SecretsReady").getReason()).isEqualTo("SecretMissing"));

        // When
        admin().resource(new SecretBuilder()
                        .withNewMetadata()
                        .withNamespace("chat")
                        .withName("later")
                        .endMetadata()
                        .addToStringData("aws_access_key_id", "id")
                        .addToStringData("aws_secret_access_key", "secret")
                        .build())
                .create();

        // Then
        await(() -> assertThat(condition("late", "SecretsReady").getStatus()).isEqualTo("True"));
    }

    @Test
    void shouldTryAgainUntilARefusedChildIsLetIn() {
        // Given
        var refusal = admin().getKubernetesSerialization().unmarshal("""
                apiVersion: admissionregistration.k8s.io/v1
                kind: ValidatingAdmissionPolicy
                metadata: {name: no-refused}
                spec:
                  matchConstraints:
                    resourceRules:
                      - {apiGroups: [apps], apiVersions: [v1], operations: [CREATE], resources: [deployments]}
                  validations:
                    - {expression: "object.metadata.name != 'refused-chat'", message: not today}
                """, GenericKubernetesResource.class);
        var binding = admin().getKubernetesSerialization().unmarshal("""
                apiVersion: admissionregistration.k8s.io/v1
                kind: ValidatingAdmissionPolicyBinding
                metadata: {name: no-refused}
                spec: {policyName: no-refused, validationActions: [Deny]}
                """, GenericKubernetesResource.class);
        admin().resource(refusal).create();
        admin().resource(binding).create();
        Awaitility.await("the policy to be in force").atMost(PATIENCE).until(this::isRefused);
        apply("chat", "refused", "", SPEC);
        await(() -> assertThat(condition("refused", "Progressing").getMessage()).contains("not today"));

        // When
        admin().admissionRegistration()
                .v1()
                .validatingAdmissionPolicyBindings()
                .withName("no-refused")
                .delete();
        Awaitility.await("the policy to be out of force").atMost(PATIENCE).until(() -> !isRefused());

        // Then
        await(() -> assertThat(deployment("refused").get()).isNotNull());
    }

    private boolean isRefused() {
        try {
            admin().resource(admin().getKubernetesSerialization().unmarshal("""
                            apiVersion: apps/v1
                            kind: Deployment
                            metadata: {name: refused-chat, namespace: elsewhere}
                            spec:
                              selector: {matchLabels: {a: b}}
                              template: {metadata: {labels: {a: b}}, spec: {containers: [{name: a, image: b}]}}
                            """, Deployment.class))
                    .dryRun()
                    .create();
            return false;
        } catch (io.fabric8.kubernetes.client.KubernetesClientException denied) {
            return String.valueOf(denied.getMessage()).contains("not today");
        }
    }
}
