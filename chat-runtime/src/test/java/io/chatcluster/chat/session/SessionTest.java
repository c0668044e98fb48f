package io.chatcluster.chat.session;

import static io.chatcluster.chat.services.Patience.await;
import static org.assertj.core.api.Assertions.assertThat;

import io.chatcluster.chat.delivery.RoomNotice;
import io.chatcluster.chat.protocol.CloseCode;
import io.chatcluster.chat.protocol.ServerFrame;
import io.chatcluster.chat.room.RoomId;
import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class SessionTest {
    private final List<CloseCode> closed = new CopyOnWriteArrayList<>();
    private final CountDownLatch busy = new CountDownLatch(1);
    private final CountDownLatch released = new CountDownLatch(1);

    @Test
    void shouldCloseAConnectionWhoseFramesPileUp() throws InterruptedException {
        // Given
        Session session = busySession(Map.of("chat.session.inbound-frames-max", "10"));

        // When
        for (int i = 0; i < 10; i++) {
            session.receive("{}");
        }

        // Then
        assertThat(closed).isEmpty();

        // When
        session.receive("{}");

        // Then
        await().untilAsserted(() -> assertThat(closed).containsExactly(CloseCode.TOO_FAST));
        released.countDown();
    }

    @Test
    void shouldCloseAConnectionThatCannotKeepUpWithTheChangesOfItsRooms() throws InterruptedException {
        // Given
        Session session = busySession(Map.of("chat.session.inbound-notices-max", "10"));
        RoomNotice notice = new RoomNotice.Changed(new RoomId("g-1"));

        // When
        for (int i = 0; i < 10; i++) {
            session.notice(notice);
        }

        // Then
        assertThat(closed).isEmpty();

        // When
        session.notice(notice);

        // Then
        await().untilAsserted(() -> assertThat(closed).containsExactly(CloseCode.UNAVAILABLE));
        released.countDown();
    }

    @Test
    void shouldCloseAConnectionWhoseBytesPileUp() throws InterruptedException {
        // Given
        Session session = busySession(Map.of("chat.session.inbound-chars-max", "1000"));

        // When
        session.receive("x".repeat(999));

        // Then
        assertThat(closed).isEmpty();

        // When
        session.receive("xx");

        // Then
        await().untilAsserted(() -> assertThat(closed).containsExactly(CloseCode.TOO_FAST));
        released.countDown();
    }

    @Test
    void shouldNotGiveUpOnAConnectThatIsBeingHandledBeforeItsTimeIsOverSeveralTimes() throws InterruptedException {
        // Given
        Session session = busySession(Map.of("chat.session.connect-timeout", "5s"));

        // When
        session.checkTime(System.nanoTime() + Duration.ofSeconds(20).toNanos(), Instant.now());

        // Then
        assertThat(closed).isEmpty();

        // When
        session.checkTime(System.nanoTime() + Duration.ofSeconds(31).toNanos(), Instant.now());

        // Then
        await().untilAsserted(() -> assertThat(closed).containsExactly(CloseCode.CONNECT_TIMEOUT));
        released.countDown();
    }

    @Test
    void shouldSayWhyItClosesAlthoughTheClientDoesNotReadWhatComesBefore() {
        // Given
        Session session = session(new StuckWire(), new SlowWork(), Map.of());
        session.send(new ServerFrame.Reconnect(Duration.ZERO, "unread"));
        session.close(CloseCode.PING_TIMEOUT);
        assertThat(closed).isEmpty();

        // When
        session.checkTime(System.nanoTime() + Duration.ofMinutes(1).toNanos(), Instant.now());

        // Then
        assertThat(closed).containsExactly(CloseCode.PING_TIMEOUT);
    }

    @Test
    void shouldEndWhenItsClientLetsTheQueueRunFull() {
        // Given
        Session session = session(new StuckWire(), new SlowWork(), Map.of("chat.session.outbound-chars-max", "100"));

        // When
        for (int i = 0; i < 4; i++) {
            session.send(new ServerFrame.Reconnect(Duration.ZERO, "unread"));
        }

        // Then
        assertThat(session.state())
                .isInstanceOfSatisfying(
                        SessionState.Closing.class,
                        closing -> assertThat(closing.code()).isEqualTo(CloseCode.SLOW_CONSUMER));
        assertThat(closed).containsExactly(CloseCode.SLOW_CONSUMER);
    }

    @Test
    void shouldHandleAtOnceWhatBlocksNowhere() {
        // Given
        ReadyWork work = new ReadyWork();
        Session session = session(work, Map.of());

        // When
        session.receive("ready");

        // Then
        assertThat(work.handled)
                .containsExactly("ready on " + Thread.currentThread().getName());
    }

    @Test
    void shouldHandleNothingBeforeWhatCameEarlier() throws InterruptedException {
        // Given
        ReadyWork work = new ReadyWork();
        Session session = session(work, Map.of());
        session.receive("slow");
        busy.await();

        // When
        session.receive("ready");

        // Then
        assertThat(work.handled).isEmpty();

        // When
        released.countDown();

        // Then
        await().untilAsserted(() ->
                assertThat(work.handled).containsExactly("slow on session-test", "ready on session-test"));
    }

    @Test
    void shouldCloseAConnectionWhoseFrameFindsAFault() {
        // Given
        Session session = session(new ReadyWork(), Map.of());

        // When
        session.receive("fault");

        // Then
        assertThat(closed).containsExactly(CloseCode.UNAVAILABLE);
    }

    static SessionConfig config(Map<String, String> settings) {
        return new SmallRyeConfigBuilder()
                .addDiscoveredConverters()
                .withMapping(SessionConfig.class)
                .withSources(new PropertiesConfigSource(settings, "test", 100))
                .build()
                .getConfigMapping(SessionConfig.class);
    }

    /** A session whose thread is at work on a frame until it is released. */
    private Session busySession(Map<String, String> settings) throws InterruptedException {
        Session session = session(new SlowWork(), settings);
        session.receive("{}");
        busy.await();
        return session;
    }

    private Session session(SessionWork work, Map<String, String> settings) {
        return session(new ClosingWire(), work, settings);
    }

    private static Session session(Wire wire, SessionWork work, Map<String, String> settings) {
        return new Session("test", wire, config(settings), 10, work, new AtomicInteger());
    }

    private class ClosingWire implements Wire {
        @Override
        public void write(Source source) {
            assertThat(source.take()).isNotEmpty();
            source.written(null);
        }

        @Override
        public void ping() {
            // Nobody answers.
        }

        @Override
        public void close(CloseCode code) {
            closed.add(code);
        }
    }

    /** Takes a frame, and never says that it did. */
    private final class StuckWire extends ClosingWire {
        @Override
        public void write(Source source) {
            assertThat(source.take()).isNotEmpty();
        }
    }

    private final class SlowWork implements SessionWork {
        @Override
        public boolean frameAtOnce(Session session, String text) {
            return false;
        }

        @Override
        public void frame(Session session, String text) {
            busy.countDown();
            try {
                released.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }

        @Override
        public void notice(Session session, RoomNotice notice) {
            // None comes here.
        }
    }

    /** Handles one of its frames at once, and another when it is released. */
    private final class ReadyWork implements SessionWork {
        private final List<String> handled = new CopyOnWriteArrayList<>();

        @Override
        public boolean frameAtOnce(Session session, String text) {
            if (text.equals("fault")) {
                throw new IllegalStateException("injected");
            }
            if (text.equals("ready")) {
                note(text);
                return true;
            }
            return false;
        }

        @Override
        public void frame(Session session, String text) {
            if (text.equals("slow")) {
                new SlowWork().frame(session, text);
            }
            note(text);
        }

        private void note(String text) {
            handled.add(text + " on " + Thread.currentThread().getName());
        }

        @Override
        public void notice(Session session, RoomNotice notice) {
            // None comes here.
        }
    }
}
