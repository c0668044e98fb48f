package io.chatcluster.operator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.chatcluster.crds.v1alpha1.ChatCluster;
import io.chatcluster.crds.v1alpha1.ChatClusterStatus;
import io.chatcluster.operator.aws.AwsStandIn;
import io.chatcluster.operator.plan.Plans;
import io.fabric8.kubernetes.api.model.Condition;
import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.api.model.SecretBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.dsl.Resource;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

/** What a whole operator needs around it, for a class of tests: a real API server and a DynamoDB. */
final class Stage implements BeforeAllCallback, AfterAllCallback {
    private @Nullable ApiServer server;
    private @Nullable AwsStandIn dynamoDb;

    /** Skips the tests where the cluster tests have not compiled Kubernetes yet. */
    @Override
    public void beforeAll(ExtensionContext tests) throws IOException, GeneralSecurityException {
        var program = ApiServer.program();
        assumeTrue(program.isPresent(), "the cluster tests have compiled Kubernetes");
        var directory = Files.createTempDirectory(Path.of("target").toAbsolutePath(), "stage-");
        server = new ApiServer(program.orElseThrow(), directory);
        dynamoDb = AwsStandIn.dynamoDb(Files.createDirectory(directory.resolve("dynamodb")));
    }

    KubernetesClient client() {
        return server().client();
    }

    ApiServer server() {
        return Objects.requireNonNull(server);
    }

    private String dynamoDb() {
        return Objects.requireNonNull(
                Objects.requireNonNull(dynamoDb).location().endpoint());
    }

    /** Makes a namespace with a ChatCluster {@code demo}. */
    void apply(String namespace, String fields) {
        apply(namespace, dynamoDb(), fields);
    }

    /** The same with something else in place of DynamoDB. */
    void apply(String namespace, String dynamoDb, String fields) {
        client().resource(new NamespaceBuilder()
                        .withNewMetadata()
                        .withName(namespace)
                        .endMetadata()
                        .build())
                .create();
        client().resource(new SecretBuilder()
                        .withNewMetadata()
                        .withNamespace(namespace)
                        .withName("aws")
                        .endMetadata()
                        .addToStringData("aws_access_key_id", "local")
                        .addToStringData("aws_secret_access_key", "local-secret")
                        .build())
                .create();
        client().resource(cluster(namespace, dynamoDb, fields)).create();
    }

    private static ChatCluster cluster(String namespace, String dynamoDb, String fields) {
        var cluster = Plans.cluster("""
                dynamodb: {region: us-east-1, endpoint: '%s'}
                aws: {credentialsSecretRef: {name: aws}}
                %s
                """.formatted(dynamoDb, fields));
        cluster.getMetadata().setNamespace(namespace);
        return cluster;
    }

    /** The ChatCluster of a namespace. */
    Resource<ChatCluster> cluster(String namespace) {
        return client().resources(ChatCluster.class).inNamespace(namespace).withName("demo");
    }

    /** Changes it by a JSON merge patch. */
    void patch(String namespace, String merge) {
        cluster(namespace).patch(PatchContext.of(PatchType.JSON_MERGE), merge);
    }

    /** Has the operator look at it once more. */
    void visitAgain(RunningOperator operator, String namespace) {
        var before = operator.visits(namespace);
        patch(namespace, "{\"metadata\": {\"annotations\": {\"touched\": \"%d\"}}}".formatted(before));
        RunningOperator.await(
                "a visit", () -> assertThat(operator.visits(namespace)).isGreaterThan(before));
    }

    /** What its status says; empty before it says anything. */
    Optional<Condition> condition(String namespace, String type) {
        return Optional.ofNullable(cluster(namespace).require().getStatus()).map(ChatClusterStatus::conditions).stream()
                .flatMap(List::stream)
                .filter(condition -> condition.getType().equals(type))
                .findFirst();
    }

    /** The tables there are, by name. */
    List<String> tables() {
        try (var client = DynamoDbClient.builder()
                .endpointOverride(URI.create(dynamoDb()))
                .region(Region.US_EAST_1)
                .credentialsProvider(
                        StaticCredentialsProvider.create(AwsBasicCredentials.create("local", "local-secret")))
                .build()) {
            return client.listTablesPaginator().tableNames().stream().toList();
        }
    }

    @Override
    public void afterAll(ExtensionContext tests) {
        if (dynamoDb != null) {
            dynamoDb.close();
        }
        if (server != null) {
            server.close();
        }
    }
}
