package io.chatcluster.operator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.chatcluster.operator.dependent.Desired;
import io.chatcluster.operator.metadata.Labels;
import io.chatcluster.operator.plan.ClusterPlan;
import io.chatcluster.operator.plan.Plans;
import io.chatcluster.operator.status.Kstatus;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.FieldValidateable;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import java.io.IOException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What only a real API server can say: the rules of the resource, and who owns the number of chat pods. */
class ApiServerTest {
    @TempDir
    private static Path directory;

    private static @Nullable ApiServer server;

    @BeforeAll
    static void start() throws IOException, GeneralSecurityException {
        var program = ApiServer.program();
        assumeTrue(program.isPresent(), "the cluster tests have compiled Kubernetes");
        server = new ApiServer(program.orElseThrow(), directory);
    }

    @AfterAll
    static void stop() {
        if (server != null) {
            server.close();
        }
    }

    private static KubernetesClient client() {
        return Objects.requireNonNull(server).client();
    }

    private static GenericKubernetesResource manifest(String name, String fields) {
        return client().getKubernetesSerialization()
                .unmarshal("""
                        apiVersion: chatcluster.io/v1alpha1
                        kind: ChatCluster
                        metadata: {name: %s, namespace: default}
                        spec: {dynamodb: {region: eu-west-1}, %s}
                        """.formatted(name, fields), GenericKubernetesResource.class);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            replicas: 1, autoscaling: {maxReplicas: 3}                                | spec.replicas must be absent while spec.autoscaling is set
            autoscaling: {minReplicas: 5, maxReplicas: 3}                             | spec.autoscaling.minReplicas, which is 2 where it is absent, must be at most
            autoscaling: {maxReplicas: 1}                                             | spec.autoscaling.minReplicas, which is 2 where it is absent, must be at most
            autoscaling: {minReplicas: 2}                                             | spec.autoscaling.maxReplicas: Required
            autoscaling: {maxReplicas: 3, connectionsPerPod: 9, keda: {}}             | spec.autoscaling.keda.prometheusAddress must be set
            autoscaling: {maxReplicas: 3, keda: {prometheusAddress: 'prometheus'}}    | spec.autoscaling.keda.prometheusAddress must be an absolute http or https URL
            redis: {}                                                                 | spec.redis must hold exactly one of managed and external
            redis: {managed: {}, external: {endpoints: ['a:1']}}                      | spec.redis must hold exactly one of managed and external
            redis: {external: {endpoints: []}}                                        | spec.redis.external.endpoints
            redis: {external: {endpoints: ['redis://a:1']}}                           | spec.redis.external.endpoints[0]
            redis: {external: {endpoints: ['a:70000']}}                               | spec.redis.external.endpoints must hold ports from 1 to 65535
            redis: {external: {endpoints: ['a:1', 'a:1']}}                            | spec.redis.external.endpoints must not hold an address twice
            redis: {external: {endpoints: ['a:1'], caSecretRef: {name: ca}}}          | spec.redis.external.caSecretRef must be absent unless spec.redis.external.tls is true
            auth: {}                                                                  | spec.auth must hold exactly one of oidc and generated
            auth: {oidc: {issuer: id, audience: chat}}                                | spec.auth.oidc.issuer must be an absolute http or https URL
            auth: {oidc: {issuer: 'https://id.test'}}                                 | spec.auth.oidc.audience: Required
            auth: {oidc: {issuer: 'https://id.test', audience: a, algorithms: [HS256]}} | spec.auth.oidc.algorithms[0]: Unsupported value
            auth: {generated: {tokenUrl: sign-in}}                                    | spec.auth.generated.tokenUrl must be
            ingress: {host: a.test, className: nginx, gatewayRef: {name: g}}          | spec.ingress.gatewayRef is set
            ingress: {host: a.test, allowedOrigins: ['https://a.test/path']}          | spec.ingress.allowedOrigins must hold origins
            media: {publicEndpoint: 'https://a.test'}                                 | spec.media.publicEndpoint must be absent unless
            media: {allowedContentTypes: ['image/*']}                                 | spec.media.allowedContentTypes[0]
            media: {maxObjectBytes: 5368709121}                                       | spec.media.maxObjectBytes
            webhook: {url: 'ftp://a.test', signingSecretRef: {name: s}}               | spec.webhook.url must be an absolute http or https URL
            tracing: {endpoint: 'collector:4317'}                                     | spec.tracing.endpoint must be an absolute http or https URL
            tracing: {endpoint: 'http://a.test', samplingPercentage: 101}             | spec.tracing.samplingPercentage
            upgrade: {progressDeadlineSeconds: 1}                                     | spec.upgrade.progressDeadlineSeconds
            secrets: {rotationDays: 1, signingKeyOverlapHours: 25}                    | spec.secrets.rotationDays must be at least as long as
            limits: {messageBytesMax: 262144}                                         | spec.limits.messageBytesMax
            ingress: {host: a.test, colour: blue}                                     | spec.ingress.colour
            """)
    void shouldRefuseAManifestNamingTheField(String fields, String message) {
        assertThatThrownBy(() -> client().resource(manifest("refused", fields))
                        .dryRun()
                        .fieldValidation(FieldValidateable.Validation.STRICT)
                        .create())
                .isInstanceOf(KubernetesClientException.class)
                .hasMessageContaining(message);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            media: {bucket: one}            | media: {bucket: another}                | spec.media.bucket cannot be set, changed or removed later
            media: {region: eu-west-1}      | media: {region: eu-west-2}              | spec.media.region cannot be set, changed or removed later
            replicas: 1                     | dynamodb: {region: eu-west-2}           | spec.dynamodb.region cannot change
            """)
    void shouldRefuseAChangeThatWouldLeaveDataBehind(String before, String after, String message) {
        // Given
        var existing = client().resource(manifest("changed-" + Math.abs(after.hashCode()), before));
        existing.create();
        var changed = client().getKubernetesSerialization()
                .unmarshal("spec: {%s}".formatted(after), GenericKubernetesResource.class);

        // When
        var change = assertThatThrownBy(() -> existing.patch(
                new PatchContext.Builder().withPatchType(PatchType.JSON_MERGE).build(),
                client().getKubernetesSerialization().asJson(changed)));

        // Then
        change.isInstanceOf(KubernetesClientException.class).hasMessageContaining(message);
    }

    @Test
    void shouldNotBeTakenForDoneBeforeAnOperatorHasSeenIt() {
        // When
        var created = client().resource(manifest("unseen", "replicas: 1")).create();

        // Then
        assertThat(Kstatus.of(created)).isEqualTo(Kstatus.IN_PROGRESS);
    }

    @Test
    void shouldKeepTheRunningNumberOfPodsWhileAutoscalingIsSwitchedOnAndOff() {
        // Given
        var replicas = new ChatReplicas(client());
        var fixed = Plans.of("dynamodb: {region: eu-west-1}\nreplicas: 3");
        var autoscaled = Plans.of("dynamodb: {region: eu-west-1}\nautoscaling: {maxReplicas: 9}");
        var kept = Plans.of("dynamodb: {region: eu-west-1}");
        client().resource(new NamespaceBuilder()
                        .withNewMetadata()
                        .withName("shop")
                        .endMetadata()
                        .build())
                .create();

        // When
        visit(replicas, fixed);
        var first = count();
        visit(replicas, autoscaled);
        var switchedOn = count();
        scaleAsAutoscaler(6);
        visit(replicas, autoscaled);
        var scaled = count();
        visit(replicas, kept);
        var switchedOff = count();
        var version = deployment().getMetadata().getResourceVersion();
        visit(replicas, kept);

        // Then
        assertThat(first).isEqualTo(3);
        assertThat(switchedOn).isEqualTo(3);
        assertThat(scaled).isEqualTo(6);
        assertThat(switchedOff).isEqualTo(6);
        assertThat(deployment().getMetadata().getResourceVersion()).isEqualTo(version);
    }

    private static void visit(ChatReplicas replicas, ClusterPlan plan) {
        client().resource(Desired.deployment(plan))
                .fieldManager(Labels.OPERATOR)
                .forceConflicts()
                .serverSideApply();
        replicas.keep(plan, deployment());
    }

    private static void scaleAsAutoscaler(int count) {
        client().apps()
                .deployments()
                .inNamespace("shop")
                .withName("demo-chat")
                .subresource("scale")
                .patch(
                        new PatchContext.Builder()
                                .withPatchType(PatchType.JSON_MERGE)
                                .withFieldManager("kube-controller-manager")
                                .build(),
                        "{\"spec\":{\"replicas\":%d}}".formatted(count));
    }

    private static Deployment deployment() {
        return client().apps()
                .deployments()
                .inNamespace("shop")
                .withName("demo-chat")
                .require();
    }

    private static int count() {
        return deployment().getSpec().getReplicas();
    }
}
