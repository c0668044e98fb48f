package io.chatcluster.operator.rollout;

import static io.chatcluster.operator.rollout.Pods.SOON;
import static io.chatcluster.operator.rollout.Pods.ready;
import static org.assertj.core.api.Assertions.assertThat;

import io.chatcluster.operator.rollout.Trouble.Kind;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What chat pods that hear each other, or do not, say about a revision. */
class ChatPodsHearingTest {
    private static final Revision OLD = Revisions.of("registry.test/runtime:1");
    private static final Revision NEW = Revisions.of("registry.test/runtime:2");

    private static Hearing heard(boolean arrive) {
        return new Hearing(arrive, SOON);
    }

    private static ChatPods oldAndNew(Hearing ofOld, Hearing ofNew) {
        return new ChatPods(
                null, List.of(ready("old", OLD), ready("new", NEW)), Map.of("old", ofOld, "new", ofNew), Map.of());
    }

    private static Pod byRedis(Pod pod, String secret) {
        return new PodBuilder(pod)
                .editSpec()
                .addNewVolume()
                .withName("redis")
                .withNewSecret()
                .withSecretName(secret)
                .endSecret()
                .endVolume()
                .endSpec()
                .build();
    }

    @Test
    void shouldNotBlameAPodWhoseOnlyListenerHasJustCome() {
        // Given
        var comes = SOON.plusSeconds(60);
        var pods = new ChatPods(
                null,
                List.of(ready("first", NEW), ready("second", NEW, comes)),
                Map.of("first", heard(false), "second", heard(true)),
                Map.of());

        // When
        var atOnce = pods.trouble(NEW, comes.plusSeconds(5));
        var later = pods.trouble(NEW, comes.plusSeconds(30));

        // Then
        assertThat(atOnce).isEmpty();
        assertThat(later.map(Trouble::kind)).contains(Kind.CERTAIN);
    }

    @Test
    void shouldNoticeANewPodThatIsReadyAndNotHeard() {
        // Given
        var deaf = oldAndNew(heard(true), heard(false));
        var allDeaf = oldAndNew(heard(false), heard(false));
        var alone = new ChatPods(null, List.of(ready("new", NEW)), Map.of("new", heard(false)), Map.of());

        // When
        // Then
        assertThat(deaf.trouble(NEW, SOON.plusSeconds(20))).isEmpty();
        assertThat(deaf.trouble(NEW, SOON.plusSeconds(30)).map(Trouble::kind)).contains(Kind.CERTAIN);
        assertThat(deaf.othersFail(NEW, SOON.plusSeconds(30))).isFalse();
        assertThat(allDeaf.trouble(NEW, SOON.plusSeconds(30))).isEmpty();
        assertThat(allDeaf.othersFail(NEW, SOON.plusSeconds(30))).isTrue();
        assertThat(alone.trouble(NEW, SOON.plusSeconds(30)).map(Trouble::kind)).contains(Kind.CERTAIN);
        assertThat(alone.othersFail(NEW, SOON.plusSeconds(30))).isFalse();
    }

    @Test
    void shouldNotExpectPodsToHearOneAtOtherRedisServers() {
        // Given
        var old = byRedis(ready("old", OLD), "demo-redis-auth");
        var comes = SOON.plusSeconds(60);
        var second = byRedis(ready("second", NEW, comes), "elasticache");
        var pods = new ChatPods(
                null,
                List.of(old, byRedis(ready("first", NEW), "elasticache"), second),
                Map.of("old", heard(true), "first", heard(false), "second", heard(true)),
                Map.of());

        // When
        var atOnce = pods.trouble(NEW, comes.plusSeconds(5));
        var later = pods.trouble(NEW, comes.plusSeconds(30));

        // Then
        assertThat(atOnce).isEmpty();
        assertThat(later.map(Trouble::kind)).contains(Kind.CERTAIN);
    }

    @Test
    void shouldBlameNoPodThatIsHeardLaterThanOthersAfterAllWereSilent() {
        // Given
        var back = SOON.plusSeconds(300);
        var pods = oldAndNew(new Hearing(true, back), heard(false));

        // When
        var atOnce = pods.trouble(NEW, back.plusSeconds(20));
        var othersAtOnce = pods.othersFail(NEW, back.plusSeconds(20));
        var later = pods.trouble(NEW, back.plusSeconds(30));

        // Then
        assertThat(atOnce).isEmpty();
        assertThat(othersAtOnce).isTrue();
        assertThat(later.map(Trouble::kind)).contains(Kind.CERTAIN);
    }

    @Test
    void shouldNotBlameANewPodThatFallsSilentBeforeTheOthers() {
        // Given
        var outage = SOON.plusSeconds(300);
        var pods = oldAndNew(heard(true), new Hearing(false, outage));

        // When
        var trouble = pods.trouble(NEW, outage.plusSeconds(20));

        // Then
        assertThat(trouble).isEmpty();
    }
}
