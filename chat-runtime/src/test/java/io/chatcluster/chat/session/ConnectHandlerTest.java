package io.chatcluster.chat.session;

import static io.chatcluster.chat.services.TwoPods.ALICE;
import static org.assertj.core.api.Assertions.assertThat;

import io.chatcluster.chat.auth.Caller;
import io.chatcluster.chat.auth.TokenVerifier;
import io.chatcluster.chat.delivery.RoomNotice;
import io.chatcluster.chat.message.SendMessage;
import io.chatcluster.chat.presence.PresenceTimes;
import io.chatcluster.chat.protocol.ClientFrame;
import io.chatcluster.chat.protocol.RequestId;
import io.chatcluster.chat.services.Pod;
import io.chatcluster.chat.services.PresencePod;
import io.chatcluster.chat.services.TwoPods;
import io.micrometer.core.instrument.Timer;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.opentelemetry.api.trace.TracerProvider;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

class ConnectHandlerTest {
    private static final Caller CALLER =
            new Caller(ALICE, Instant.now().plus(Duration.ofHours(1)), Set.of(Caller.ADMIN_SCOPE));
    private static final PresenceTimes TIMES = PresencePod.times(Duration.ofSeconds(1), Duration.ofHours(1));

    @RegisterExtension
    final TwoPods pods = new TwoPods();

    private final SessionConfig config = SessionTest.config(Map.of("chat.session.outbound-chars-max", "100000"));
    private final StoreTurns turns = new StoreTurns(1);
    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
    private final CommandTelemetry telemetry =
            new CommandTelemetry(registry, TracerProvider.noop().get("test"));
    private final Session session = new Session("test", new DeadWire(), config, 10, new NoWork(), new AtomicInteger());
    private PresencePod presence;

    @BeforeEach
    void open() {
        presence = pods.one().presence(TIMES);
    }

    @AfterEach
    void close() {
        session.outbox().disconnected();
        presence.close();
    }

    @Test
    @Timeout(60)
    void shouldHoldUpNobodyWhileTheIssuerIsSlowToSayWhoseKeyItIs() throws InterruptedException {
        // Given the one turn there is
        CountDownLatch asked = new CountDownLatch(1);
        CountDownLatch answered = new CountDownLatch(1);
        Thread connecting = connect(token -> {
            asked.countDown();
            try {
                answered.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            return CALLER;
        });
        asked.await();

        // When
        String read = turns.take(() -> "what another session reads");

        // Then
        assertThat(read).isNotEmpty();
        answered.countDown();
        connecting.join();
        assertThat(session.state()).isInstanceOf(SessionState.Live.class);
    }

    @Test
    void shouldCountTheTimeUntilTheReplyAndNotUntilTheClientHasCaughtUp() {
        // Given more than the client takes
        for (int message = 0; message < 60; message++) {
            var _ = pods.one()
                    .messages
                    .send(new SendMessage(ALICE, pods.room(), "m" + message, "x".repeat(5_000), List.of(), null))
                    .toCompletableFuture()
                    .join();
        }

        // When
        Thread connecting = connect(token -> CALLER);
        Awaitility.await().until(() -> session.outbox().waitingChars() > 25_000);

        // Then
        assertThat(connecting.isAlive()).isTrue();
        assertThat(registry.get("chat.commands").tag("command", "connect").timers())
                .extracting(Timer::count)
                .containsExactly(1L);
    }

    private Thread connect(TokenVerifier tokens) {
        Pod pod = pods.one();
        PresenceCommands people = new PresenceCommands(presence.devices, presence.service, pod.typing);
        ConnectHandler handler = PodSession.connects(pod, people, tokens, config, turns);
        ClientFrame.Connect connect = new ClientFrame.Connect(
                new RequestId("1"), "token", null, Map.of(pods.room().value(), 0L));
        return Thread.ofVirtual().start(() -> handler.handle(session, connect, telemetry.begin("connect")));
    }

    private static final class NoWork implements SessionWork {
        @Override
        public boolean frameAtOnce(Session session, String text) {
            return false;
        }

        @Override
        public void frame(Session session, String object) {
            // None comes here.
        }

        @Override
        public void notice(Session session, RoomNotice notice) {
            // None comes here.
        }
    }
}
