package io.chatcluster.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.chatcluster.e2e.harness.AuditLog;
import io.chatcluster.e2e.harness.TestChat;
import java.time.Instant;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Isolated;

/** Runs last: by then the operator has done all that these tests make it do. */
@Isolated
class OperatorRightsIT {
    /** The Gateway API is an add-on; the operator asks for its routes only where it is there. */
    private static final String NOT_ON_THIS_CLUSTER = " gateway.networking.k8s.io/";

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
                        .filter(right -> !right.contains(NOT_ON_THIS_CLUSTER))
                        .toList());
    }

    @Test
    void shouldNeverBeDenied() {
        // Given
        var log = AuditLog.ofThisCluster();

        // When
        var requests = log.requestsSince(Instant.EPOCH);

        // Then
        assertThat(requests).isNotEmpty().noneMatch(AuditLog.Request::denied);
    }
}
