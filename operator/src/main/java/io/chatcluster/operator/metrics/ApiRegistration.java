package io.chatcluster.operator.metrics;

import io.chatcluster.operator.metadata.Labels;
import io.fabric8.kubernetes.api.model.APIService;
import io.fabric8.kubernetes.api.model.APIServiceBuilder;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.OwnerReference;
import io.fabric8.kubernetes.api.model.OwnerReferenceBuilder;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.SecretBuilder;
import io.fabric8.kubernetes.api.model.discovery.v1.EndpointSlice;
import io.fabric8.kubernetes.api.model.discovery.v1.EndpointSliceBuilder;
import io.fabric8.kubernetes.api.model.rbac.ClusterRole;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What the API server knows of this metrics API: where it is, by which certificate, and that it is the one to ask. */
final class ApiRegistration {
    /** Every version of the group that there has been. */
    private static final List<String> VERSIONS = List.of("v1beta2", "v1beta1");

    private static final PatchContext APPLY = new PatchContext.Builder()
            .withPatchType(PatchType.SERVER_SIDE_APPLY)
            .withFieldManager(Labels.OPERATOR)
            .withForce(true)
            .build();
    private static final Map<String, String> LABELS = Map.of(
            Labels.NAME,
            Labels.OPERATOR,
            Labels.MANAGED_BY,
            Labels.OPERATOR,
            "app.kubernetes.io/part-of",
            "chatcluster");
    private static final int PRIORITY = 100;

    private final KubernetesClient client;
    private final CustomMetricsConfig config;
    private final String namespace;

    ApiRegistration(KubernetesClient client, CustomMetricsConfig config, String namespace) {
        this.client = client;
        this.config = config;
        this.namespace = namespace;
    }

    /** The certificate as it is kept, made or renewed where it must be. */
    ServingCertificate certificate(Instant now) {
        var found = client.secrets()
                .inNamespace(namespace)
                .withName(config.service() + "-tls")
                .get();
        var data = found == null ? null : found.getData();
        var certificate = ServingCertificate.of(data, config.service() + "." + namespace + ".svc", now);
        if (!certificate.data().equals(data)) {
            client.resource(secret(certificate)).patch(APPLY);
        }
        return certificate;
    }

    /** Another server of the group, as namespace/service; absent where there is none. */
    @Nullable
    String other() {
        return registered()
                .filter(service -> !isOurs(service))
                .map(service -> service.getSpec().getService())
                .map(service -> service == null ? "the API server" : service.getNamespace() + "/" + service.getName())
                .findFirst()
                .orElse(null);
    }

    /** Sends the API server here. */
    void publish(ServingCertificate certificate, int port) {
        var endpoint = endpoint(port);
        var endpointFound = client.discovery()
                .v1()
                .endpointSlices()
                .inNamespace(namespace)
                .withName(config.service())
                .get();
        if (endpointFound == null
                || !endpointFound.getPorts().equals(endpoint.getPorts())
                || !endpointFound.getEndpoints().equals(endpoint.getEndpoints())) {
            client.resource(endpoint).patch(APPLY);
        }
        var api = api(certificate);
        var apiFound =
                client.apiServices().withName(name(CustomMetricsApi.VERSION)).get();
        if (apiFound == null
                || !apiFound.getSpec().equals(api.getSpec())
                || !apiFound.getMetadata()
                        .getOwnerReferences()
                        .equals(api.getMetadata().getOwnerReferences())) {
            client.resource(api).patch(APPLY);
        }
    }

    /** Takes back what this operator registered, if it did. */
    void withdraw() {
        registered()
                .filter(this::isOurs)
                .forEach(service -> client.resource(service).delete());
    }

    private Stream<APIService> registered() {
        return VERSIONS.stream()
                .map(version -> client.apiServices().withName(name(version)).get())
                .filter(Objects::nonNull);
    }

    private boolean isOurs(APIService api) {
        var service = api.getSpec().getService();
        return service != null
                && config.service().equals(service.getName())
                && namespace.equals(service.getNamespace());
    }

    private static String name(String version) {
        return version + "." + CustomMetricsApi.GROUP;
    }

    private Secret secret(ServingCertificate certificate) {
        return new SecretBuilder()
                .withNewMetadata()
                .withNamespace(namespace)
                .withName(config.service() + "-tls")
                .withLabels(LABELS)
                .endMetadata()
                .withType("kubernetes.io/tls")
                .withData(certificate.data())
                .build();
    }

    /** Of this pod alone: another operator that waits to take over has asked no chat pods. */
    private EndpointSlice endpoint(int port) {
        var address = config.address()
                .orElseThrow(() -> new IllegalStateException("chatcluster.custom-metrics.address is not set"));
        return new EndpointSliceBuilder()
                .withNewMetadata()
                .withNamespace(namespace)
                .withName(config.service())
                .withLabels(LABELS)
                .addToLabels("kubernetes.io/service-name", config.service())
                .endMetadata()
                .withAddressType(address.contains(":") ? "IPv6" : "IPv4")
                .addNewPort()
                .withName("https")
                .withProtocol("TCP")
                .withPort(port)
                .endPort()
                .addNewEndpoint()
                .withAddresses(address)
                .withNewConditions()
                .withReady(true)
                .endConditions()
                .endEndpoint()
                .build();
    }

    private APIService api(ServingCertificate certificate) {
        return new APIServiceBuilder()
                .withNewMetadata()
                .withName(name(CustomMetricsApi.VERSION))
                .withLabels(LABELS)
                .withOwnerReferences(owner())
                .endMetadata()
                .withNewSpec()
                .withGroup(CustomMetricsApi.GROUP)
                .withVersion(CustomMetricsApi.VERSION)
                .withGroupPriorityMinimum(PRIORITY)
                .withVersionPriority(PRIORITY)
                .withCaBundle(certificate.bundle())
                .withNewService()
                .withNamespace(namespace)
                .withName(config.service())
                .withPort(443)
                .endService()
                .endSpec()
                .build();
    }

    private OwnerReference owner() {
        var role = client.rbac().clusterRoles().withName(config.owner()).require();
        return new OwnerReferenceBuilder()
                .withApiVersion(HasMetadata.getApiVersion(ClusterRole.class))
                .withKind(HasMetadata.getKind(ClusterRole.class))
                .withName(config.owner())
                .withUid(role.getMetadata().getUid())
                .build();
    }
}
