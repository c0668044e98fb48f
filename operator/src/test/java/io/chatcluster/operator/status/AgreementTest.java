package io.chatcluster.operator.status;

import static org.assertj.core.api.Assertions.assertThat;

import io.chatcluster.operator.plan.TakenUp;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What counts as read by all. */
class AgreementTest {

    private static PodState pod(String name, Set<String> keys, Set<String> users, @Nullable List<String> lists) {
        return new PodState(
                name, true, 0, List.of(), true, Instant.EPOCH, null, null, new TakenUp(true, keys, users, lists));
    }

    @Test
    void shouldTakeOnlyWhatEveryPodSays() {
        // Given
        var first = pod("a", Set.of("old", "new"), Set.of("chat-b"), List.of("x", "y"));
        var second = pod("b", Set.of("old"), Set.of("chat-a", ""), List.of("x"));

        // When
        var all = Agreement.of(List.of(first, second), true, false);

        // Then
        assertThat(all).isEqualTo(new TakenUp(true, Set.of("old"), Set.of("chat-a", "chat-b", ""), null));
        assertThat(Agreement.of(List.of(first), true, false)).isEqualTo(first.takenUp());
    }

    @Test
    void shouldTakeNothingWhileAPodIsSilentOrNoneTakesTraffic() {
        // Given
        var one = pod("a", Set.of("new"), Set.of("chat-b"), List.of("x"));

        // Then
        assertThat(Agreement.of(List.of(one, PodState.silent("b", Instant.EPOCH)), true, false))
                .isEqualTo(TakenUp.NOTHING);
        assertThat(Agreement.of(List.of(), true, false)).isEqualTo(TakenUp.NOTHING);
    }

    @Test
    void shouldTakeNothingWhileAPodIsAsideThatHasClients() {
        // Given
        var one = pod("a", Set.of("new"), Set.of("chat-b"), List.of("x"));

        // Then
        assertThat(Agreement.of(List.of(one), true, true)).isEqualTo(TakenUp.NOTHING);
        assertThat(Agreement.of(List.of(), false, true)).isEqualTo(TakenUp.NOTHING);
    }

    @Test
    void shouldWaitForNobodyWhereThereAreNoPods() {
        assertThat(Agreement.of(List.of(), false, false)).isEqualTo(TakenUp.NOBODY);
    }
}
