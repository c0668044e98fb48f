package io.chatcluster.operator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.chatcluster.operator.Rebalancing.Load;
import io.chatcluster.operator.Rebalancing.Progress;
import io.chatcluster.operator.Rebalancing.Shed;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Who is asked to hand clients over, how fast, and when it ends. */
class RebalancingTest {
    private static final Instant NOW = Instant.parse("2026-11-24T10:00:00Z");
    private static final List<Load> UNEVEN =
            List.of(new Load("a", 1000), new Load("b", 1000), new Load("c", 0), new Load("d", 0));

    /** Where it stands where no pod was there. */
    private static final Progress NONE = new Progress(Set.of(), 0, Instant.MIN);

    @Test
    void shouldAskFullPodsForTheirExcessAfterOthersJoined() {
        // Given
        var before = new Progress(Set.of("a", "b"), 0, Instant.MIN);

        // When
        var step = Rebalancing.next(before, UNEVEN, NOW);

        // Then
        assertThat(step.sheds()).extracting(Shed::pod).containsExactly("a", "b");
        assertThat(step.sheds()).allSatisfy(shed -> assertThat(shed.share()).isCloseTo(0.3, within(0.001)));
    }

    @Test
    void shouldAskAtMostOnePercentOfAllClientsASecond() {
        // When
        var step = Rebalancing.next(NONE, UNEVEN, NOW);

        // Then
        assertThat(step.sheds().stream().mapToDouble(Shed::perSecond).sum()).isCloseTo(20, within(0.001));
        var asked =
                step.sheds().stream().mapToDouble(shed -> shed.share() * 1000).sum();
        var lasting = Duration.between(NOW, step.progress().busyUntil()).toSeconds();
        assertThat(asked / lasting).isLessThanOrEqualTo(20);
    }

    @Test
    void shouldWaitForTheRoundUnderWay() {
        // Given
        var first = Rebalancing.next(NONE, UNEVEN, NOW);

        // When
        var during = Rebalancing.next(first.progress(), UNEVEN, NOW.plusSeconds(20));

        // Then
        assertThat(during.sheds()).isEmpty();
        assertThat(during.progress()).isEqualTo(first.progress());
    }

    @Test
    void shouldLeaveAloneWhatIsCloseEnough() {
        assertThat(Rebalancing.next(NONE, List.of(new Load("a", 540), new Load("b", 500), new Load("c", 470)), NOW)
                        .sheds())
                .isEmpty();
        assertThat(Rebalancing.next(NONE, List.of(new Load("a", 12), new Load("b", 0)), NOW)
                        .sheds())
                .isEmpty();
        assertThat(Rebalancing.next(NONE, List.of(new Load("a", 500)), NOW).sheds())
                .isEmpty();
        assertThat(Rebalancing.next(NONE, List.of(), NOW).sheds()).isEmpty();
    }

    @Test
    void shouldAskNobodyWhereNoPodJoined() {
        // Given
        var calm = new Progress(Set.of("a", "b", "c", "d"), 0, Instant.MIN);

        // When
        var step = Rebalancing.next(calm, UNEVEN, NOW);

        // Then
        assertThat(step.sheds()).isEmpty();
    }

    @Test
    void shouldNoticeAPodThatComesBack() {
        // Given
        var calm = new Progress(Set.of("a", "b"), 0, Instant.MIN);
        var fewer = Rebalancing.next(calm, List.of(new Load("a", 1000)), NOW);

        // When
        var step =
                Rebalancing.next(fewer.progress(), List.of(new Load("a", 1000), new Load("b", 0)), NOW.plusSeconds(60));

        // Then
        assertThat(step.sheds()).extracting(Shed::pod).containsExactly("a");
    }

    private static Progress start(Duration readyFor) {
        var old = NOW.minus(Duration.ofDays(1));
        return Rebalancing.start(Map.of("a", old, "b", old, "c", old, "d", NOW.minus(readyFor)), NOW);
    }

    @Test
    void shouldAskNobodyAgainBecauseAnotherOperatorLooks() {
        // Given
        var started = start(Duration.ofMinutes(5));

        // When
        var step = Rebalancing.next(started, UNEVEN, NOW);

        // Then
        assertThat(step.sheds()).isEmpty();
    }

    @Test
    void shouldAskForAPodThatJoinedShortlyBeforeAnotherOperatorLooks() {
        // Given
        var started = start(Duration.ofMinutes(4));

        // When
        var step = Rebalancing.next(started, UNEVEN, NOW);

        // Then
        assertThat(step.sheds()).extracting(Shed::pod).containsExactly("a", "b");
    }

    @Test
    void shouldEndBalancedWhereClientsReconnectAnywhere() {
        // Given
        var loads = new HashMap<>(Map.of("a", 1000.0, "b", 1000.0, "c", 0.0, "d", 0.0));

        // When
        var asked = play(loads, 1.0);

        // Then
        assertThat(loads.values()).allSatisfy(load -> assertThat(load).isBetween(440.0, 560.0));
        assertThat(asked).isLessThanOrEqualTo(2000);
    }

    @Test
    void shouldGiveUpWhereClientsComeBackToTheSamePods() {
        // Given
        var loads = new HashMap<>(Map.of("a", 1000.0, "b", 1000.0, "c", 0.0, "d", 0.0));

        // When
        var asked = play(loads, 0.0);

        // Then
        assertThat(asked).isBetween(1990.0, 2010.0);
    }

    @Test
    void shouldAskAgainWherePodsDidNotListen() {
        // Given
        var first = Rebalancing.next(NONE, UNEVEN, NOW);
        var unheard = first.progress();
        for (var shed : first.sheds()) {
            unheard = unheard.without(shed);
        }

        // When
        var second = Rebalancing.next(unheard, UNEVEN, unheard.busyUntil());

        // Then
        assertThat(unheard.remaining()).isEqualTo(2000);
        assertThat(second.sheds()).isEqualTo(first.sheds());
    }

    /** An hour, in which of those asked to reconnect this share goes anywhere and the rest back. Returns how many were asked. */
    private static double play(Map<String, Double> loads, double spread) {
        var progress = NONE;
        var asked = 0.0;
        for (var now = NOW; now.isBefore(NOW.plusSeconds(3600)); now = now.plusSeconds(10)) {
            var seen = loads.entrySet().stream()
                    .map(load -> new Load(load.getKey(), (int) Math.round(load.getValue())))
                    .toList();
            var step = Rebalancing.next(progress, seen, now);
            progress = step.progress();
            for (var shed : step.sheds()) {
                var moved = Math.ceil(loads.getOrDefault(shed.pod(), 0.0) * shed.share());
                asked += moved;
                loads.merge(shed.pod(), -moved * spread, Double::sum);
                loads.replaceAll((pod, load) -> load + moved * spread / loads.size());
            }
        }
        return asked;
    }
}
