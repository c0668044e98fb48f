package io.chatcluster.chat.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.Test;

class HubChecksTest {

    private final Room room = new Room();
    private final HubChecks checks = new HubChecks(
            HubTimes.DEFAULT,
            new QuietBroker(),
            new ConcurrentHashMap<>(),
            new ConcurrentHashMap<>(),
            new SharedLooks(tails -> Set.of()));

    @Test
    void shouldLookAtOnceForAFewAndNotForAllThatMissSomethingInTheSameMoment() {
        // When
        for (int i = 0; i < 10 * HubChecks.AT_ONCE_MAX; i++) {
            checks.missed(room);
        }

        // Then
        assertThat(room.looks).isEqualTo(HubChecks.AT_ONCE_MAX);
    }

    @Test
    void shouldLookAtOnceAgainAfterTheNextRun() {
        // Given
        for (int i = 0; i < 2 * HubChecks.AT_ONCE_MAX; i++) {
            checks.missed(room);
        }
        checks.run();

        // When
        checks.missed(room);

        // Then
        assertThat(room.looks).isEqualTo(HubChecks.AT_ONCE_MAX + 1);
    }

    private static final class Room implements Checked {
        private int looks;

        @Override
        public String channel() {
            return "room:r";
        }

        @Override
        public NextLook look() {
            return new NextLook();
        }

        @Override
        public void check() {
            looks++;
        }
    }

    private static final class QuietBroker implements Broker {

        @Override
        public void publish(String channel, String payload) {
            // Nobody hears it.
        }

        @Override
        public void publishOnce(String channel, String payload) {
            // Nobody hears it.
        }

        @Override
        public Attachment subscribe(String channel, Subscriber subscriber) {
            return () -> {};
        }

        @Override
        public boolean healthy(String channel) {
            return true;
        }

        @Override
        public List<ShardStatus> shards() {
            return List.of();
        }

        @Override
        public List<String> shardLists() {
            return List.of();
        }
    }
}
