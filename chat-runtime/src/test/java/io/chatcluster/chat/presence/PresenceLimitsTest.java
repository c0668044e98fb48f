package io.chatcluster.chat.presence;

import static io.chatcluster.chat.services.TwoPods.ALICE;
import static io.chatcluster.chat.services.TwoPods.BOB;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.chatcluster.chat.protocol.ChatException;
import io.chatcluster.chat.protocol.ErrorCode;
import io.chatcluster.chat.room.UserId;
import io.chatcluster.chat.services.PresencePod;
import io.chatcluster.chat.services.TwoPods;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** How many people a user may ask for, where five questions may come at once. */
class PresenceLimitsTest {

    private static final List<UserId> STRANGERS = IntStream.range(0, PresenceService.ASKED_MAX)
            .mapToObj(i -> new UserId("stranger-" + i))
            .toList();

    @RegisterExtension
    final TwoPods pods = new TwoPods(Map.of("chat.limits.messages-per-second", "1"));

    @SuppressWarnings("NullAway.Init")
    private PresencePod presence;

    @BeforeEach
    void open() {
        presence = pods.one().presence(PresenceTimes.DEFAULT);
    }

    @AfterEach
    void close() {
        presence.close();
    }

    @Test
    void shouldLimitHowManyPeopleAUserAsksFor() {
        // When
        // Then
        assertThatThrownBy(() -> {
                    for (int i = 0; i < 100; i++) {
                        presence.service.presence(ALICE, STRANGERS);
                    }
                })
                .isInstanceOfSatisfying(ChatException.class, e -> {
                    assertThat(e.code()).isEqualTo(ErrorCode.RATE_LIMITED);
                    assertThat(e.retryAfter()).isPositive();
                });
        assertThat(presence.service.presence(BOB, STRANGERS)).hasSize(STRANGERS.size());
        assertThat(pods.one().send(ALICE, pods.room(), "m1").join().seq()).isEqualTo(1);
    }

    @Test
    void shouldCountAFewPeopleAsOneQuestion() {
        // When
        // Then
        for (int i = 0; i < 5; i++) {
            assertThat(presence.service.presence(ALICE, STRANGERS.subList(0, 19)))
                    .hasSize(19);
        }
    }
}
