package io.chatcluster.chat.session;

import static io.chatcluster.chat.services.TwoPods.ALICE;
import static org.assertj.core.api.Assertions.assertThat;

import io.chatcluster.chat.presence.PresenceTimes;
import io.chatcluster.chat.protocol.CloseCode;
import io.chatcluster.chat.services.PresencePod;
import io.chatcluster.chat.services.TwoPods;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Whose client is asked whether it is still there, after as much silence as makes it time. */
class SessionPingTest {
    private static final Duration SILENCE = Duration.ofSeconds(26);
    private static final PresenceTimes TIMES = PresencePod.times(Duration.ofSeconds(1), Duration.ofHours(1));

    @RegisterExtension
    final TwoPods pods = new TwoPods();

    private PresencePod presence;
    private PodSession client;

    @BeforeEach
    void open() {
        presence = pods.one().presence(TIMES);
        client = new PodSession(pods.one(), presence, 10);
    }

    @AfterEach
    void close() {
        client.close();
        presence.close();
    }

    @Test
    void shouldPingALiveSession() {
        // Given
        client.connect(ALICE);

        // When
        checkAfterSilence();

        // Then
        assertThat(client.pings).hasValue(1);
        assertThat(client.closed).isEmpty();
    }

    @Test
    void shouldNotPingAClosingSession() {
        // Given
        client.connect(ALICE);
        client.session.close(CloseCode.DRAINING);

        // When
        checkAfterSilence();

        // Then
        assertThat(client.pings).hasValue(0);
        assertThat(client.closed).containsOnly(CloseCode.DRAINING);
    }

    private void checkAfterSilence() {
        client.session.checkTime(System.nanoTime() + SILENCE.toNanos(), Instant.now());
    }
}
