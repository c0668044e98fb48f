package io.chatcluster.operator;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import io.chatcluster.crds.v1alpha1.ConditionReason;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What nobody foresaw, such as a DynamoDB that tells of a table without saying what state it is in. */
class OperatorFailureTest {
    private static final byte[] NONSENSE = "{\"Table\":{\"TableName\":\"nameless\"}}".getBytes(StandardCharsets.UTF_8);

    @RegisterExtension
    static final Stage STAGE = new Stage();

    @Test
    void shouldSayThatItFailedAndThatTheRestIsNotKnown() throws IOException {
        var nonsense = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        nonsense.createContext("/", exchange -> {
            try (exchange) {
                exchange.sendResponseHeaders(200, NONSENSE.length);
                exchange.getResponseBody().write(NONSENSE);
            }
        });
        nonsense.start();
        try (var operator = new RunningOperator(STAGE.client(), "failing")) {
            // When
            STAGE.apply("failure", "http://127.0.0.1:" + nonsense.getAddress().getPort(), "replicas: 2");

            // Then
            RunningOperator.await("the operator to say that it failed", () -> {
                assertThat(STAGE.condition("failure", "Ready")).hasValueSatisfying(ready -> {
                    assertThat(ready.getStatus()).isEqualTo("Unknown");
                    assertThat(ready.getReason()).isEqualTo(ConditionReason.OPERATOR_FAILED.value());
                    assertThat(ready.getMessage()).contains("NullPointerException", "log");
                });
                assertThat(STAGE.condition("failure", "StorageReady"))
                        .hasValueSatisfying(
                                storage -> assertThat(storage.getMessage()).contains("see Ready"));
            });
            assertThat(operator.visits("failure")).isGreaterThan(1);
        } finally {
            nonsense.stop(0);
        }
    }
}
