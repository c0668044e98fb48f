package io.chatcluster.e2e.harness;

import static org.awaitility.Awaitility.await;

import io.chatcluster.crds.v1alpha1.ChatCluster;
import io.fabric8.kubernetes.api.model.Condition;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.events.v1.Event;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.dsl.Resource;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.awaitility.core.ConditionFactory;

/** A ChatCluster of the tests' own in a namespace of its own, seen by its admin (the API server) and by its clients (the pods). */
public final class TestChat {
    /** How long a ChatCluster may take from apply to Ready on a busy two-core machine. */
    public static final Duration READY = Duration.ofMinutes(5);

    private static final int PATIENCE_MILLIS = 60_000;
    private static final int RETRIES = 40;
    private static final KubernetesClient CLIENT = new KubernetesClientBuilder()
            .withConfig(new ConfigBuilder(Config.autoConfigure(null))
                    .withConnectionTimeout(PATIENCE_MILLIS)
                    .withRequestTimeout(PATIENCE_MILLIS)
                    // A test beside this one restarts the API server, which is away for longer than a client waits by
                    // itself.
                    .withRequestRetryBackoffLimit(RETRIES)
                    .build())
            .build();

    private final String namespace;
    private final String name;
    private final Workloads workloads;

    private TestChat(String namespace, String name) {
        this.namespace = namespace;
        this.name = name;
        this.workloads = new Workloads(CLIENT, namespace, name);
    }

    public static KubernetesClient client() {
        return CLIENT;
    }

    /** The ChatCluster that most tests share; made on first use, and found Ready again by every test that asks for it. */
    public static TestChat shared() {
        return applied("chatcluster-e2e", "e2e");
    }

    /** A namespace with all that the tests' manifest needs; nothing is applied yet. */
    public static TestChat prepared(String namespace, String name) {
        var chat = new TestChat(namespace, name);
        TestNamespace.prepare(CLIENT, namespace);
        return chat;
    }

    /** Applies the tests' manifest under this name and waits until it is Ready. */
    public static TestChat applied(String namespace, String name) {
        var chat = prepared(namespace, name);
        chat.apply();
        chat.awaitReady();
        return chat;
    }

    public void apply() {
        apply(UnaryOperator.identity());
    }

    /** Applies the tests' manifest, changed. */
    public void apply(UnaryOperator<String> change) {
        CLIENT.resource(manifest(change)).inNamespace(namespace).serverSideApply();
    }

    public String namespace() {
        return namespace;
    }

    public String name() {
        return name;
    }

    public ChatCluster resource() {
        return CLIENT.resources(ChatCluster.class)
                .inNamespace(namespace)
                .withName(name)
                .require();
    }

    public Optional<Condition> condition(String type) {
        var status = resource().getStatus();
        if (status == null || status.conditions() == null) {
            return Optional.empty();
        }
        return status.conditions().stream()
                .filter(condition -> condition.getType().equals(type))
                .findFirst();
    }

    public void awaitCondition(String type, String status) {
        awaiting(type + " of " + namespace + "/" + name + " to be " + status)
                .until(() -> condition(type)
                        .filter(condition -> condition.getStatus().equals(status))
                        .filter(condition -> Objects.equals(
                                condition.getObservedGeneration(),
                                resource().getMetadata().getGeneration()))
                        .isPresent());
    }

    /** Waits until every pod runs and the status says so, too. */
    public void awaitReady() {
        awaiting("all of " + namespace + "/" + name + " to run").until(workloads::areUp);
        awaitCondition("Ready", "True");
        // A test before this one may have changed it, or made it anew: the node follows somewhat later.
        awaiting("the Service of " + namespace + "/" + name + " to lead to a pod")
                .until(workloads::isServed);
    }

    /** Waits until the process of a pod that was killed runs again; {@code killed} is the pod as it was before. */
    public void awaitBack(Pod killed) {
        awaiting(killed.getMetadata().getName() + " to be back").until(() -> workloads.isBack(killed));
    }

    private static ConditionFactory awaiting(String what) {
        return await().alias(what).atMost(READY).pollDelay(Duration.ZERO).pollInterval(Duration.ofMillis(500));
    }

    /** Changes the spec or the metadata by a JSON merge patch. */
    public void patch(String merge) {
        CLIENT.resources(ChatCluster.class)
                .inNamespace(namespace)
                .withName(name)
                .patch(PatchContext.of(PatchType.JSON_MERGE), merge);
    }

    /** Deletes the ChatCluster without waiting until it is gone. */
    public void delete() {
        CLIENT.resources(ChatCluster.class)
                .inNamespace(namespace)
                .withName(name)
                .delete();
    }

    /** Deletes the namespace, with all that is in it, and waits until it is gone. */
    public void deleteNamespace() {
        TestNamespace.delete(CLIENT, namespace);
    }

    /**
     * Deletes the ChatCluster, waits until it is gone, and deletes the namespace. Not at once: where a test beside this one restarts
     * the API server, and the operator with it, the credentials would go while nobody keeps them in mind.
     */
    public void remove() {
        delete();
        awaiting(namespace + "/" + name + " to go")
                .until(() -> CLIENT.resources(ChatCluster.class)
                                .inNamespace(namespace)
                                .withName(name)
                                .get()
                        == null);
        deleteNamespace();
    }

    /** Waits until a condition has this reason and its message holds every one of these words. */
    public void awaitReason(String type, String reason, String... words) {
        awaiting(type + " of " + namespace + "/" + name + " to be for " + reason)
                .until(() -> condition(type)
                        .filter(condition -> condition.getReason().equals(reason))
                        .filter(condition -> List.of(words).stream().allMatch(condition.getMessage()::contains))
                        .isPresent());
    }

    /** What was told of the ChatCluster for a reason. */
    public Stream<Event> events(String reason) {
        return CLIENT.events().v1().events().inNamespace(namespace).list().getItems().stream()
                .filter(event -> event.getReason().equals(reason))
                .filter(event -> event.getRegarding().getName().equals(name));
    }

    /** Tells the operator to leave this ChatCluster's children alone, or to look after them again. */
    public void pause(boolean paused) {
        patchAnnotation("chatcluster.io/paused", paused ? "\"true\"" : "null");
    }

    /** The chat pods that take traffic now. */
    public List<Pod> chatPods() {
        return workloads.chatPods();
    }

    /** The names of {@link #chatPods()}. */
    public Set<String> chatPodNames() {
        return chatPods().stream().map(pod -> pod.getMetadata().getName()).collect(Collectors.toSet());
    }

    /** The addresses of {@link #chatPods()}, for which the caller's machine must have a route to pods. */
    public List<URI> addresses() {
        return chatPods().stream().map(TestChat::address).toList();
    }

    public static URI address(Pod pod) {
        return URI.create("http://" + pod.getStatus().getPodIP() + ":8080");
    }

    /** Where the Service is, for which the caller's machine must route as pods do. */
    public URI serviceAddress() {
        return workloads.serviceAddress();
    }

    /** Takes the Redis pods away, and waits until the operator's StatefulSets have put others in their place. */
    public void replaceRedisPods() {
        var before = uids(workloads.redisPods());
        workloads.deleteRedisPods();
        awaiting("other Redis pods of " + namespace + "/" + name)
                .until(() -> workloads.areUp()
                        && uids(workloads.redisPods()).stream().noneMatch(before::contains));
    }

    private static Set<String> uids(List<Pod> pods) {
        return pods.stream().map(pod -> pod.getMetadata().getUid()).collect(Collectors.toSet());
    }

    public void annotate(String annotation, String value) {
        patchAnnotation(annotation, '"' + value + '"');
    }

    /** By a patch without a resource version, since the operator may write the status meanwhile. */
    private void patchAnnotation(String annotation, String json) {
        patch("{\"metadata\": {\"annotations\": {\"%s\": %s}}}".formatted(annotation, json));
    }

    public String token(String user) {
        return tokens().mint(user);
    }

    /** Makes tokens for many users without asking the API server for the key each time. */
    public UnaryOperator<String> minter() {
        return tokens()::mint;
    }

    public ChatApi api(String user) {
        return new ChatApi(addresses().getFirst(), token(user));
    }

    private Tokens tokens() {
        return ApiServerInUse.during(() -> {
            var secret = CLIENT.secrets()
                    .inNamespace(namespace)
                    .withName(name + "-signing-key")
                    .require();
            return Tokens.of(secret, settings().require());
        });
    }

    /** The ConfigMap with the settings of the pods that there should be now. */
    public Resource<ConfigMap> settings() {
        var revision = deployment().require().getMetadata().getAnnotations().get("chatcluster.io/revision");
        return CLIENT.configMaps().inNamespace(namespace).withName(name + "-chat-" + revision);
    }

    public Resource<Deployment> deployment() {
        return CLIENT.apps().deployments().inNamespace(namespace).withName(name + "-chat");
    }

    private ChatCluster manifest(UnaryOperator<String> change) {
        try (InputStream yaml = Objects.requireNonNull(TestChat.class.getResourceAsStream("/chatcluster.yaml"))) {
            var text = change.apply(new String(yaml.readAllBytes(), StandardCharsets.UTF_8));
            var chat = CLIENT.getKubernetesSerialization().unmarshal(text, ChatCluster.class);
            chat.getMetadata().setName(name);
            chat.getMetadata().setNamespace(namespace);
            return chat;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
