package io.chatcluster.e2e.harness;

import static org.awaitility.Awaitility.await;

import io.chatcluster.crds.v1alpha1.ChatCluster;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Namespace;
import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.SecretBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.Resource;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import java.net.HttpURLConnection;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The namespace that a test's ChatCluster lives in, as an admin would prepare it. */
final class TestNamespace {
    private static final String CREDENTIALS = "dev-aws";
    private static final Duration PATIENCE = Duration.ofMinutes(5);
    private static final Duration POLL = Duration.ofSeconds(1);

    private TestNamespace() {}

    /** Makes the namespace, or takes the one that is there, and gives it what the tests' manifest needs. */
    static void prepare(KubernetesClient client, String name) {
        Resource<Namespace> namespace = client.resource(new NamespaceBuilder()
                .withNewMetadata()
                .withName(name)
                .addToLabels("pod-security.kubernetes.io/enforce", "restricted")
                .endMetadata()
                .build());
        // What a run left that was killed while it deleted it takes nothing in any more.
        await().alias("what an earlier run deleted in namespace " + name + " to go")
                .atMost(PATIENCE)
                .pollInterval(POLL)
                .until(() -> {
                    var going = going(client, name);
                    going.forEach(left -> letGo(client.resource(left)));
                    return going.isEmpty() && !isGoing(namespace.get());
                });
        namespace.serverSideApply();
        client.resource(credentials(client, name)).serverSideApply();
    }

    private static List<ChatCluster> going(KubernetesClient client, String namespace) {
        return client.resources(ChatCluster.class).inNamespace(namespace).list().getItems().stream()
                .filter(TestNamespace::isGoing)
                .toList();
    }

    /** The operator cannot delete what is in AWS where the credentials went first, so this takes the documented way out. */
    private static void letGo(Resource<ChatCluster> left) {
        try {
            left.patch(PatchContext.of(PatchType.JSON_MERGE), "{\"metadata\": {\"finalizers\": null}}");
        } catch (KubernetesClientException e) {
            // The operator may have been able to, meanwhile.
            if (e.getCode() != HttpURLConnection.HTTP_NOT_FOUND) {
                throw e;
            }
        }
    }

    private static boolean isGoing(@Nullable HasMetadata object) {
        return object != null && object.getMetadata().getDeletionTimestamp() != null;
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
                .pollInterval(POLL)
                // A test beside this one restarts the API server, which cuts what it is being asked.
                .ignoreExceptionsInstanceOf(KubernetesClientException.class)
                .until(() -> client.namespaces().withName(name).get() == null);
    }
}
