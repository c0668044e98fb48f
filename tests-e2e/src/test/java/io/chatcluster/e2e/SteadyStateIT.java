package io.chatcluster.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.chatcluster.e2e.harness.ApiServerInUse;
import io.chatcluster.e2e.harness.AuditLog;
import io.chatcluster.e2e.harness.ChangesTheSharedChat;
import io.chatcluster.e2e.harness.OperatorMetrics;
import io.chatcluster.e2e.harness.TestChat;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ChangesTheSharedChat
@ExtendWith(ApiServerInUse.class)
class SteadyStateIT {
    /** Pods are asked how they are every 10 seconds. */
    private static final Duration SETTLED = Duration.ofSeconds(15);

    /** The status says what is measured, such as how long a canary takes, and other tests keep the node busy meanwhile. */
    private static final int ATTEMPTS = 3;

    private static final String STATUS = "chatclusters/status";

    private final TestChat chat = TestChat.shared();

    @Test
    void shouldWriteNothingWhenNothingChanged() {
        // Given
        var log = AuditLog.ofThisCluster();
        var quiet = false;

        for (int attempt = 0; attempt < ATTEMPTS && !quiet; attempt++) {
            var version = settled();
            var start = Instant.now();
            var twice = OperatorMetrics.reconciliations(chat.namespace()) + 2;

            // When
            await().atMost(TestChat.READY).until(() -> OperatorMetrics.reconciliations(chat.namespace()) >= twice);

            // Then
            quiet = chat.resource().getMetadata().getResourceVersion().equals(version);
            assertThat(log.requestsSince(start))
                    .filteredOn(request -> request.namespace().equals(chat.namespace()))
                    .filteredOn(AuditLog.Request::isWrite)
                    .filteredOn(
                            quiet
                                    ? request -> true
                                    : request -> !request.resource().equals(STATUS))
                    .isEmpty();
        }
        assertThat(quiet).as("a time in which the status stayed the same").isTrue();
    }

    /** What the tests before this one left behind, such as a count of connections, has been written. */
    private String settled() {
        var version = new AtomicReference<>("");
        await().atMost(TestChat.READY).pollInterval(SETTLED).until(() -> {
            var now = chat.resource().getMetadata().getResourceVersion();
            return version.getAndSet(now).equals(now);
        });
        return version.get();
    }
}
