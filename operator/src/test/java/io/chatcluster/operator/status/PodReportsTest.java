package io.chatcluster.operator.status;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.javaoperatorsdk.operator.processing.event.ResourceID;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Chat pods are asked over the network, whatever some of them answer. */
class PodReportsTest {
    private static final long PATIENCE_SECONDS = 30;
    private static final String REPORT = "{\"pod\": \"a\", \"draining\": false, \"connections\": 7, \"redis\": []}";
    private static final String UNREADY = """
            {"status": "DOWN", "checks": [
              {"name": "storage", "status": "DOWN", "data": {"problem": "table demo-rooms:\\naccess denied"}},
              {"name": "token keys", "status": "UP", "data": {"source": "/app/keys"}},
              {"name": "canary", "status": "DOWN"}]}
            """;
    private static final int TOO_LONG = 64 * 1024;

    private final PodReports reports = new PodReports(new ObjectMapper());
    private final BlockingQueue<ResourceID> told = new LinkedBlockingQueue<>();
    private final List<Pod> pods = new ArrayList<>();

    @BeforeEach
    void listen() {
        reports.onChange(told::add);
    }

    @AfterEach
    void stop() {
        reports.stop();
        pods.forEach(Pod::stop);
    }

    /** A pod that answers one call, and then waits for the caller to hang up. */
    private static final class Pod {
        private final ServerSocket server;
        private final String answer;
        private final CountDownLatch left = new CountDownLatch(1);

        Pod(String answer) throws IOException {
            this.server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
            this.answer = answer;
            Thread.ofVirtual().start(this::serve);
        }

        PodReports.Target target() {
            return new PodReports.Target(
                    "a", server.getInetAddress().getHostAddress(), server.getLocalPort(), Map.of(), null, null);
        }

        private void serve() {
            try (Socket caller = server.accept()) {
                var request = new StringBuilder();
                while (!request.toString().endsWith("\r\n\r\n")) {
                    request.append((char) caller.getInputStream().read());
                }
                caller.getOutputStream().write(answer.getBytes(StandardCharsets.US_ASCII));
                while (caller.getInputStream().read() >= 0) {
                    continue;
                }
            } catch (IOException hangUp) {
                // As good as an end.
            } finally {
                left.countDown();
            }
        }

        boolean isLeft() throws InterruptedException {
            return left.await(PATIENCE_SECONDS, TimeUnit.SECONDS);
        }

        void stop() {
            try {
                server.close();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    private Pod pod(String answer) throws IOException {
        var pod = new Pod(answer);
        pods.add(pod);
        return pod;
    }

    private static String answer(String body) {
        return "HTTP/1.1 200 OK\r\nContent-Length: %d\r\n\r\n%s".formatted(body.length(), body);
    }

    /** Headers in time, and never all of the rest. */
    private static String stalled() {
        return "HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n{";
    }

    private static ResourceID cluster(String name) {
        return new ResourceID(name, "shop");
    }

    @Test
    void shouldHearAPodWhileThoseOfOtherChatClustersStall() throws IOException, InterruptedException {
        // Given
        for (int number = 0; number < 9; number++) {
            reports.watch(cluster("stalled-" + number), List.of(pod(stalled()).target()));
        }
        var targets = List.of(pod(answer(REPORT)).target());

        // When
        reports.watch(cluster("demo"), targets);

        // Then
        assertThat(told.poll(PATIENCE_SECONDS, TimeUnit.SECONDS)).isEqualTo(cluster("demo"));
        assertThat(reports.watch(cluster("demo"), targets))
                .singleElement()
                .matches(PodState::answering)
                .extracting(PodState::connections)
                .isEqualTo(7);
    }

    @Test
    void shouldHangUpOnAPodThatStalls() throws IOException, InterruptedException {
        // Given
        var pod = pod(stalled());

        // When
        reports.watch(cluster("demo"), List.of(pod.target()));

        // Then
        assertThat(pod.isLeft()).isTrue();
    }

    @Test
    void shouldTakeNoReportThatIsTooLong() throws IOException, InterruptedException {
        // Given
        var pod = pod(answer(REPORT + " ".repeat(TOO_LONG)));

        // When
        reports.watch(cluster("demo"), List.of(pod.target()));

        // Then
        assertThat(pod.isLeft()).isTrue();
        assertThat(reports.watch(cluster("demo"), List.of(pod.target())))
                .singleElement()
                .matches(state -> !state.answering());
    }

    @Test
    void shouldHearWhyAPodIsNotReady() throws IOException, InterruptedException {
        // Given
        var targets = List.of(pod(answer(UNREADY)).target());

        // When
        reports.problems(cluster("demo"), targets);

        // Then
        assertThat(told.poll(PATIENCE_SECONDS, TimeUnit.SECONDS)).isEqualTo(cluster("demo"));
        assertThat(reports.problems(cluster("demo"), targets))
                .containsOnly(Map.entry("a", "storage: table demo-rooms: access denied"));
        assertThat(reports.problems(cluster("demo"), List.of())).isEmpty();
    }
}
