package io.chatcluster.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.chatcluster.e2e.harness.AuditLog;
import io.chatcluster.e2e.harness.TestChat;
import java.time.Instant;
import java.util.List;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Isolated;

/** Runs last: by then the operator has done all that these tests make it do. */
@Isolated
class OperatorRightsIT {
    /** The Gateway API and KEDA are add-ons; the operator asks for their objects only where they are there. */
    private static final List<String> NOT_ON_THIS_CLUSTER = List.of(" gateway.networking.k8s.io/", " keda.sh/");

    /** Used only where somebody writes a ChatCluster in the moment in which its finalizer is taken off. */
    private static final String RARE = "get chatcluster.io/chatclusters";

    @Test
    void shouldHoldNoRightThatItDoesNotUse() {
        // Given
        var used = new TreeSet<String>();
        AuditLog.ofThisCluster().requestsSince(Instant.EPOCH).stream()
                .filter(request -> request.status() < 400)
                .forEach(request -> {
                    used.add(request.verb() + " " + request.group() + "/" + request.resource());
                    if (request.made()) {
                        used.add("create " + request.group() + "/" + request.resource());
                    }
                });

        // When
        var role = TestChat.client()
                .rbac()
                .clusterRoles()
                .withName("chatcluster-operator")
                .require();
        var granted = new TreeSet<String>();
        role.getRules()
                .forEach(rule -> rule.getVerbs()
                        .forEach(verb -> rule.getApiGroups()
                                .forEach(group -> rule.getResources()
                                        .forEach(resource -> granted.add(verb + " " + group + "/" + resource)))));

        // Then
        assertThat(used)
                .containsAll(granted.stream()
                        .filter(right -> !right.equals(RARE))
                        .filter(right -> NOT_ON_THIS_CLUSTER.stream().noneMatch(right::contains))
                        .toList());
    }

    private static List<String> asked(AuditLog.Request request) {
        return List.of(request.verb(), request.group(), request.resource(), request.namespace(), request.name());
    }

    @Test
    void shouldNeverBeDenied() {
        // Given
        var log = AuditLog.ofThisCluster();

        // When
        var requests = log.requestsSince(Instant.EPOCH);

        // Then
        var allowed = requests.stream()
                .filter(request -> !request.denied())
                .map(OperatorRightsIT::asked)
                .collect(Collectors.toSet());
        assertThat(allowed).isNotEmpty();
        // An API server that has just started answers before it knows who may do what.
        assertThat(requests)
                .filteredOn(AuditLog.Request::denied)
                .filteredOn(request -> !allowed.contains(asked(request)))
                .isEmpty();
    }
}
