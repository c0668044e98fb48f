package io.chatcluster.chat.operations;

import static org.assertj.core.api.Assertions.assertThat;

import io.chatcluster.chat.services.Patience;
import io.chatcluster.chat.services.RealServices;
import io.chatcluster.chat.session.GeneratedKeys;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import io.restassured.path.json.JsonPath;
import io.vertx.core.Vertx;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.List;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

@QuarkusTest
@QuarkusTestResource(RealServices.class)
@QuarkusTestResource(GeneratedKeys.class)
class RunningPodTest {

    @ConfigProperty(name = "quarkus.management.test-port", defaultValue = "9001")
    int managementPort;

    @Inject
    Vertx vertx;

    @Test
    void shouldBecomeReadyOnceItsOwnCanaryCameThrough() {
        // Given a pod with its tables and Redis
        // When
        Patience.await().atMost(Duration.ofSeconds(60)).until(() -> status("/q/health/ready") == 200);

        // Then
        assertThat(status().getList("canary.heard.pod")).contains(status().getString("pod"));
        assertThat(status("/q/health/live")).isEqualTo(200);
        assertThat(status("/q/health/started")).isEqualTo(200);
    }

    @Test
    void shouldHearItsOwnCanaryThroughRedis() {
        // Given a pod alone
        // When
        Patience.await()
                .atMost(Duration.ofSeconds(60))
                .until(() -> status().getList("canary.heard").size() == 1);

        // Then
        assertThat(status().getString("canary.heard[0].pod")).isEqualTo(status().getString("pod"));
        assertThat(status().getLong("canary.heard[0].latencyMillis")).isBetween(0L, 5_000L);
        assertThat(status().getString("canary.lastError")).isNull();
        assertThat(status().getBoolean("redis[0].connected")).isTrue();
        assertThat(status().getString("redis[0].user")).isEqualTo("default");
        Patience.await()
                .atMost(Duration.ofSeconds(60))
                .until(() -> status().getList("shardLists").equals(List.of(status().getString("redis[0].shard"))));
        assertThat(status().getBoolean("draining")).isFalse();
        assertThat(status().getString("configuration")).hasSize(16);
    }

    @Test
    @EnabledOnOs(OS.LINUX)
    void shouldUseTheTransportOfLinux() {
        // Given a pod
        // When
        boolean used = vertx.isNativeTransportEnabled();

        // Then
        assertThat(vertx.unavailableNativeTransportCause()).isNull();
        assertThat(used).isTrue();
    }

    @Test
    void shouldCountWhatItDoes() {
        // Given
        Patience.await().atMost(Duration.ofSeconds(60)).until(() -> status().getLong("canary.sentAt") > 0);

        // When
        String metrics =
                RestAssured.given().port(managementPort).get("/q/metrics").asString();

        // Then
        assertThat(metrics)
                .contains("chat_appends_total")
                .contains("chat_append_conflicts_total")
                .contains("chat_batch_events")
                .contains("chat_deliveries_total")
                .contains("chat_publish_failures_total")
                .contains("chat_redis_shard_connected")
                .contains("chat_holes_repaired_total")
                .contains("chat_canary_latency");
    }

    private int status(String path) {
        return RestAssured.given().port(managementPort).get(path).statusCode();
    }

    private JsonPath status() {
        return RestAssured.given().port(managementPort).get("/status").jsonPath();
    }
}
