package io.chatcluster.chat.session;

import static org.assertj.core.api.Assertions.assertThat;

import io.chatcluster.chat.auth.Caller;
import io.chatcluster.chat.auth.TokenVerifier;
import io.chatcluster.chat.delivery.RoomNotice;
import io.chatcluster.chat.message.SendMessage;
import io.chatcluster.chat.presence.PresenceTimes;
import io.chatcluster.chat.protocol.ClientFrame;
import io.chatcluster.chat.protocol.CloseCode;
import io.chatcluster.chat.protocol.RequestId;
import io.chatcluster.chat.room.RoomId;
import io.chatcluster.chat.room.UserId;
import io.chatcluster.chat.services.Inbox;
import io.chatcluster.chat.services.Patience;
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
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

class ConnectHandlerTest {
    private static final PresenceTimes TIMES = PresencePod.times(Duration.ofSeconds(1), Duration.ofHours(1));

    @RegisterExtension
    final TwoPods pods = new TwoPods();

    private final SessionConfig config = SessionTest.config(Map.of("chat.session.outbound-chars-max", "100000"));
    private final StoreTurns turns = new StoreTurns(1);
    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
    private final CommandTelemetry telemetry =
            new CommandTelemetry(registry, TracerProvider.noop().get("test"));
    private final Session session = new Session("test", new DeadWire(), config, 10, new NoWork(), new AtomicInteger());
    /** Of this test alone: the reply to who is in many rooms is long by itself. */
    private final UserId alice = new UserId("alice-" + UUID.randomUUID());

    private final UserId bob = new UserId("bob-" + UUID.randomUUID());
    private final Caller caller =
            new Caller(alice, Instant.now().plus(Duration.ofHours(1)), Set.of(Caller.ADMIN_SCOPE));
    private RoomId room = new RoomId("unset");
    private PresencePod presence;

    @BeforeEach
    void open() {
        room = pods.one().rooms.group(alice, "room", List.of(bob)).id();
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
            return caller;
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
        fill(room);

        // When
        Thread connecting = connect(token -> caller);
        Patience.await().until(() -> session.outbox().waitingChars() > 25_000);

        // Then
        assertThat(connecting.isAlive()).isTrue();
        assertThat(registry.get("chat.commands").tag("command", "connect").timers())
                .extracting(Timer::count)
                .containsExactly(1L);
    }

    @Test
    void shouldReadNothingMoreForAConnectionThatIsGone() throws InterruptedException {
        // Given two rooms with more than the client takes
        RoomId other = pods.one().rooms.group(alice, "other", List.of()).id();
        fill(room);
        fill(other);
        Thread connecting = connect(session, alice, List.of(room, other));
        Patience.await().until(() -> session.outbox().waitingChars() > 25_000);
        int reads = pods.one().requests.count("GetItem");

        // When
        session.outbox().disconnected();
        connecting.join();

        // Then
        assertThat(pods.one().requests.count("GetItem")).isEqualTo(reads);
        assertThat(pods.one().hub.glance(other, alice, 0, 1)).isNull();
    }

    @Test
    void shouldPushNothingOfARoomThatTheUserWasRemovedFromWhileTheClientCaughtUp() throws InterruptedException {
        // Given a client that reads one room first
        RoomId left = pods.one().rooms.group(alice, "left", List.of(bob)).id();
        fill(room);
        HeldWire wire = new HeldWire();
        Session reading = new Session("reading", wire, config, 10, new NoWork(), new AtomicInteger());
        Thread connecting = connect(reading, bob, List.of(room));
        Patience.await().until(() -> reading.outbox().waitingChars() > 25_000);

        // When
        pods.one().rooms.removeMember(alice, left, bob);
        Patience.await().until(() -> pods.one().hub.find(bob, left) == null);
        sendSecret(left, 2);
        wire.release();
        connecting.join();
        sendSecret(left, 3);

        // Then
        assertThat(wire.frames).noneMatch(frame -> frame.contains("secret")).anyMatch(frame -> frame.contains("m59"));
        new RoomNoticeHandler(pods.one().rooms, turns).handle(reading, new RoomNotice.Removed(left));
        assertThat(wire.frames).last().asString().contains("removed", left.value());
        reading.disconnected();
    }

    @Test
    void shouldPushNothingMoreOfARoomThatTheUserIsRemovedFromWhileTheClientIsAttachedToIt()
            throws InterruptedException {
        // Given
        fill(room);
        HeldWire wire = new HeldWire();
        Session reading = new Session("reading", wire, config, 10, new NoWork(), new AtomicInteger());
        Thread connecting = connect(reading, bob, List.of(room));
        Patience.await().until(() -> reading.outbox().waitingChars() > 25_000);

        // When it has caught up and waits for the one turn there is
        int members = turns.take(() -> {
            wire.release();
            Patience.await()
                    .until(() ->
                            wire.frames.getLast().contains("m59") && connecting.getState() == Thread.State.WAITING);
            pods.one().rooms.removeMember(alice, room, bob);
            Patience.await().until(() -> pods.one().hub.find(bob, room) == null);
            return pods.one().rooms.room(alice, room).members();
        });
        connecting.join();
        sendSecret(room, 62);

        // Then
        assertThat(members).isEqualTo(1);
        assertThat(wire.frames).noneMatch(frame -> frame.contains("secret"));
        reading.disconnected();
    }

    /** Everybody has it who is attached before that. */
    private void sendSecret(RoomId room, long seq) {
        Inbox witness = new Inbox();
        var _ = pods.one().hub.attach(alice, room, seq - 1, witness);
        var _ = pods.one().send(alice, room, "secret" + seq).join();
        witness.await(seq, Duration.ofSeconds(30));
    }

    private void fill(RoomId room) {
        for (int message = 0; message < 60; message++) {
            var _ = pods.one()
                    .messages
                    .send(new SendMessage(alice, room, "m" + message, "x".repeat(5_000), List.of(), null))
                    .toCompletableFuture()
                    .join();
        }
    }

    private Thread connect(TokenVerifier tokens) {
        return connect(session, tokens, List.of(room));
    }

    private Thread connect(Session connecting, UserId user, List<RoomId> resumed) {
        Caller as = new Caller(user, caller.expiresAt(), caller.scopes());
        return connect(connecting, token -> as, resumed);
    }

    private Thread connect(Session connecting, TokenVerifier tokens, List<RoomId> resumed) {
        Pod pod = pods.one();
        PresenceCommands people = new PresenceCommands(presence.devices, presence.service, pod.typing);
        ConnectHandler handler = PodSession.connects(pod, people, tokens, config, turns);
        Map<String, Long> resume = resumed.stream().collect(Collectors.toMap(RoomId::value, room -> 0L));
        ClientFrame.Connect connect = new ClientFrame.Connect(new RequestId("1"), "token", null, resume, 0);
        return Thread.ofVirtual().start(() -> handler.handle(connecting, connect, telemetry.begin("connect")));
    }

    /** Takes nothing until it is released, and then all. */
    private static final class HeldWire implements Wire {
        private final CompletableFuture<Void> released = new CompletableFuture<>();
        private final List<String> frames = new CopyOnWriteArrayList<>();

        void release() {
            released.complete(null);
        }

        @Override
        public void write(Source source) {
            var _ = released.thenRun(() -> {
                frames.add(source.take());
                source.written(null);
            });
        }

        @Override
        public void ping() {
            // Nobody answers.
        }

        @Override
        public void close(CloseCode code) {
            // There is nothing to close.
        }
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
