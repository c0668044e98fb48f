package io.chatcluster.chat.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class NextLookTest {

    private static final long HOUR = Duration.ofHours(1).toNanos();

    private final NextLook look = new NextLook();
    private final List<Runnable> mailbox = new ArrayList<>();

    @Test
    void shouldBeDueOnceSomethingWasMissedAndNotBefore() {
        // Given
        assertThat(due(Duration.ZERO)).isFalse();

        // When
        look.missed();

        // Then
        assertThat(due(Duration.ZERO)).isTrue();
    }

    @Test
    void shouldNotBeDueWhileOneIsExpected() {
        // Given
        look.missed();

        // When
        look.soon(mailbox::add, () -> {});
        look.soon(mailbox::add, () -> {});

        // Then
        assertThat(mailbox).hasSize(1);
        assertThat(due(Duration.ZERO)).isFalse();
    }

    @Test
    void shouldBeDueAgainForWhatIsMissedDuringALook() {
        // Given
        look.missed();

        // When
        look.soon(Runnable::run, look::missed);

        // Then
        assertThat(due(Duration.ZERO)).isTrue();
    }

    @Test
    void shouldHavePatienceWithOneThatDoesNotAnswer() {
        // When
        look.soon(Runnable::run, look::failed);

        // Then
        assertThat(due(Duration.ZERO)).isFalse();
        assertThat(due(Duration.ofMinutes(1))).isTrue();
    }

    @Test
    void shouldNotBeDueWhileALookIsSharedWithOthers() {
        // Given
        look.missed();

        // When
        boolean shared = look.share();

        // Then
        assertThat(shared).isTrue();
        assertThat(look.share()).isFalse();
        assertThat(due(Duration.ofDays(1))).isFalse();
    }

    @Test
    void shouldBeDueAfterTheNextPeriodOnceASharedLookHasEnded() {
        // Given
        look.share();

        // When
        look.ended(true);

        // Then
        assertThat(due(Duration.ZERO)).isFalse();
        assertThat(due(Duration.ofDays(1))).isTrue();
    }

    @Test
    void shouldTryAgainWithPatienceWhenASharedLookHadNoAnswer() {
        // Given
        look.share();

        // When
        look.ended(false);

        // Then
        assertThat(due(Duration.ZERO)).isFalse();
        assertThat(due(Duration.ofMinutes(1))).isTrue();
    }

    @Test
    void shouldLookForItselfAfterSoManyThatWereShared() {
        // Given
        for (int i = 0; i < NextLook.SHARED_MAX; i++) {
            look.share();
            look.ended(true);
        }
        assertThat(look.share()).isFalse();

        // When
        look.soon(Runnable::run, look::done);

        // Then
        assertThat(look.share()).isTrue();
    }

    private boolean due(Duration later) {
        return look.due(System.nanoTime() + later.toNanos(), HOUR);
    }
}
