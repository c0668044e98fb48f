package io.chatcluster.operator;

import static org.assertj.core.api.Assertions.assertThat;

import io.chatcluster.operator.dependent.PlannedSet;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.coordination.v1.Lease;
import io.fabric8.kubernetes.api.model.rbac.ClusterRole;
import io.fabric8.kubernetes.api.model.rbac.Role;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import io.javaoperatorsdk.operator.api.reconciler.Workflow;
import io.javaoperatorsdk.operator.processing.dependent.kubernetes.BooleanWithUndefined;
import io.javaoperatorsdk.operator.processing.dependent.kubernetes.CRUDKubernetesDependentResource;
import io.javaoperatorsdk.operator.processing.dependent.kubernetes.KubernetesDependent;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** The operator's ClusterRole, held against what the code calls. */
class OperatorRightsTest {
    /** What is called outside of dependents and event sources, by {@link StatusWriter} and its like. */
    private static final Set<String> OTHER_CALLS = Set.of(
            "get chatcluster.io/chatclusters", // the SDK, where it takes the finalizer off and somebody wrote meanwhile
            "list chatcluster.io/chatclusters",
            "watch chatcluster.io/chatclusters",
            "patch chatcluster.io/chatclusters",
            "patch chatcluster.io/chatclusters/status",
            "get /pods", // the client reads what it patches
            "patch /pods",
            "create events.k8s.io/events");

    @Test
    void shouldGrantWhatIsCalledAndNoMore() throws IOException, ReflectiveOperationException {
        // Given
        var called = new TreeSet<>(OTHER_CALLS);
        EventSources.WATCHED.forEach(type -> called.addAll(calls(type, List.of("list", "watch"))));
        var workflow = Objects.requireNonNull(ChatClusterReconciler.class.getAnnotation(Workflow.class));
        for (var dependent : workflow.dependents()) {
            var made = (CRUDKubernetesDependentResource<?, ?>)
                    dependent.type().getConstructor().newInstance();
            called.addAll(calls(made.resourceType(), List.of("list", "watch", "create", "patch")));
            if (made instanceof PlannedSet<?>) {
                called.addAll(calls(made.resourceType(), List.of("delete")));
            }
        }

        // When
        var granted = granted();

        // Then
        assertThat(granted).isEqualTo(called);
    }

    /** The SDK applies other kinds by itself; these it would update, and the operator has no right to that. */
    @Test
    void shouldApplySecretsAndConfigMapsServerSide() throws ReflectiveOperationException {
        // Given
        var workflow = Objects.requireNonNull(ChatClusterReconciler.class.getAnnotation(Workflow.class));

        // When
        var updated = new ArrayList<Class<?>>();
        for (var dependent : workflow.dependents()) {
            var made = (CRUDKubernetesDependentResource<?, ?>)
                    dependent.type().getConstructor().newInstance();
            var type = made.resourceType();
            var annotation = dependent.type().getAnnotation(KubernetesDependent.class);
            if ((type == Secret.class || type == ConfigMap.class)
                    && (annotation == null || annotation.useSSA() != BooleanWithUndefined.TRUE)) {
                updated.add(dependent.type());
            }
        }

        // Then
        assertThat(updated).isEmpty();
    }

    /** What the client's leader election calls, and what the SDK asks about before it starts. */
    @Test
    void shouldGrantWhatTheElectionOfALeaderNeedsOnItsLeaseAlone() throws IOException {
        // Given
        var yaml = Files.readString(Path.of("../config/rbac/leader_role.yaml"));

        // When
        var rules = new KubernetesSerialization()
                .unmarshal(yaml.substring(0, yaml.indexOf("---")), Role.class)
                .getRules();

        // Then
        assertThat(rules).allSatisfy(rule -> {
            assertThat(rule.getApiGroups()).containsExactly(HasMetadata.getGroup(Lease.class));
            assertThat(rule.getResources()).containsExactly(HasMetadata.getPlural(Lease.class));
        });
        assertThat(rules.getFirst().getVerbs()).containsExactly("create");
        assertThat(rules.getLast().getVerbs()).containsExactly("get", "update", "patch");
        assertThat(rules.getLast().getResourceNames()).containsExactly(Leadership.LEASE);
    }

    private static Set<String> calls(Class<? extends HasMetadata> type, List<String> verbs) {
        return verbs.stream()
                .map(verb -> "%s %s/%s".formatted(verb, HasMetadata.getGroup(type), HasMetadata.getPlural(type)))
                .collect(Collectors.toSet());
    }

    private static Set<String> granted() throws IOException {
        var role = new KubernetesSerialization()
                .unmarshal(Files.readString(Path.of("../config/rbac/role.yaml")), ClusterRole.class);
        return role.getRules().stream()
                .flatMap(rule -> rule.getVerbs().stream()
                        .flatMap(verb -> rule.getApiGroups().stream()
                                .flatMap(group -> rule.getResources().stream()
                                        .map(resource -> "%s %s/%s".formatted(verb, group, resource)))))
                .collect(Collectors.toCollection(TreeSet::new));
    }
}
