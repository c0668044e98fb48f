package io.chatcluster.e2e.harness;

import static org.awaitility.Awaitility.await;

import io.chatcluster.crds.v1alpha1.ChatCluster;
import io.fabric8.kubernetes.api.model.Namespace;
import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.SecretBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.dsl.Resource;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The namespace that a test's ChatCluster lives in, as an admin would prepare it. */
final class TestNamespace {
    private static final String CREDENTIALS = "dev-aws";
    private static final Duration PATIENCE = Duration.ofMinutes(5);

    private TestNamespace() {}

    /** Makes the namespace, or takes the one that is there, and gives it what the tests' manifest needs. */
    static void prepare(KubernetesClient client, String name) {
        Resource<Namespace> namespace = client.resource(new NamespaceBuilder()
                .withNewMetadata()
                .withName(name)
                .addToLabels("pod-security.kubernetes.io/enforce", "restricted")
                .endMetadata()
                .build());
        // One that a run left that was killed while it deleted it takes nothing in any more.
        if (isTerminating(namespace.get())) {
            letGo(client, name);
        }
        await().alias("namespace " + name + " of an earlier run to go")
                .atMost(PATIENCE)
                .until(() -> !isTerminating(namespace.get()));
        namespace.serverSideApply();
        client.resource(credentials(client, name)).serverSideApply();
    }

    /** The operator cannot delete what is in AWS where the credentials went first, so this takes the documented way out. */
    private static void letGo(KubernetesClient client, String namespace) {
        client.resources(ChatCluster.class)
                .inNamespace(namespace)
                .resources()
                .forEach(left -> left.edit(cluster -> {
                    cluster.getMetadata().setFinalizers(List.of());
                    return cluster;
                }));
    }

    private static boolean isTerminating(@Nullable Namespace namespace) {
        return namespace != null && namespace.getMetadata().getDeletionTimestamp() != null;
    }

    private static Secret credentials(KubernetesClient client, String namespace) {
        var source = Objects.requireNonNull(
                client.secrets().inNamespace("default").withName(CREDENTIALS).get(),
                "Secret dev-aws in namespace default: run the tests with `make test`");
        return new SecretBuilder()
                .withNewMetadata()
                .withName(CREDENTIALS)
                .withNamespace(namespace)
                .endMetadata()
                .withData(source.getData())
                .build();
    }

    /** Deletes the namespace with all that is in it and waits until it is gone. */
    static void delete(KubernetesClient client, String name) {
        client.namespaces().withName(name).delete();
        await().alias("namespace " + name + " to go")
                .atMost(PATIENCE)
                .until(() -> client.namespaces().withName(name).get() == null);
    }
}
