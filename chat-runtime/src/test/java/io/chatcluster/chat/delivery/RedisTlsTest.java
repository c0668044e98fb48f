package io.chatcluster.chat.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import io.chatcluster.chat.services.MountedFile;
import io.chatcluster.chat.services.RedisServer;
import io.chatcluster.chat.services.SelfSigned;
import io.chatcluster.chat.services.Settings;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.vertx.core.Vertx;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

@Execution(ExecutionMode.CONCURRENT)
class RedisTlsTest {

    @TempDir
    private Path directory;

    private RedisServer server(SelfSigned certificate) {
        var file = new MountedFile(directory, "tls.crt", certificate.certificatePem());
        var key = new MountedFile(directory, "tls.key", certificate.keyPem());
        return RedisServer.withTls(file.path(), key.path()).start();
    }

    private static Map<String, String> settings(MountedFile authorities, RedisServer... servers) {
        return Map.of(
                "chat.redis.tls",
                "true",
                "chat.redis.ca-file",
                authorities.toString(),
                "chat.redis.shards[0]",
                servers[0].address(),
                "chat.redis.shards[1]",
                servers[servers.length - 1].address());
    }

    private static long accepted(RedisServer server) {
        return server.log().lines().filter(line -> line.contains("Accepted")).count();
    }

    @Test
    void shouldMissNothingWhileTheAuthorityChanges() throws InterruptedException {
        // Given
        var former = SelfSigned.make(directory);
        var next = SelfSigned.make(directory);
        var authorities = new MountedFile(directory, "ca.crt", former.certificatePem());
        try (var first = server(former);
                var second = server(former);
                var pair = new BrokerPair(settings(authorities, first, second), settings(authorities, first, second))) {

            // When
            pair.passes(20);
            var before = accepted(first) + accepted(second);
            authorities.replace(former.certificatePem() + next.certificatePem());
            BrokerPair.await("other connections of both pods", () -> accepted(first) + accepted(second) >= before + 8);
            pair.passes(50);

            // Then
            pair.missedNothing();
            assertThat(pair.listener.shards()).allMatch(Broker.ShardStatus::connected);
        }
    }

    @Test
    void shouldTrustOnlyTheAuthorityAndTakeAnotherOnWithoutARestart() {
        // Given
        var mine = SelfSigned.make(directory);
        var other = SelfSigned.make(directory);
        var authorities = new MountedFile(directory, "ca.crt", other.certificatePem());
        var vertx = Vertx.vertx();
        try (var server = server(mine)) {
            var broker = new RedisBroker(
                    vertx, Settings.with(settings(authorities, server, server)), new SimpleMeterRegistry());

            // When
            BrokerPair.await("refused attempts", () -> server.log().contains("alert"));
            var before = BrokerPair.connected(broker);
            authorities.replace(mine.certificatePem());
            BrokerPair.await("the connection", () -> BrokerPair.connected(broker));

            // Then
            assertThat(before).isFalse();
            broker.close();
        } finally {
            vertx.close();
        }
    }
}
