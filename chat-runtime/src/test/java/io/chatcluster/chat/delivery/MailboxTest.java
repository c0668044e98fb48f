package io.chatcluster.chat.delivery;

import static io.chatcluster.chat.services.Patience.await;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

class MailboxTest {
    private final Mailbox mailbox = new Mailbox("test", "test");
    private final List<String> done = new CopyOnWriteArrayList<>();

    @Test
    void shouldRunATaskOnTheThreadThatBringsItWhereNothingIsBeforeIt() {
        // When
        mailbox.executeAtOnce(() -> done.add(Thread.currentThread().getName()));

        // Then
        assertThat(done).containsExactly(Thread.currentThread().getName());
    }

    @Test
    void shouldRunATaskAfterThoseBeforeIt() {
        // Given
        CountDownLatch released = new CountDownLatch(1);
        mailbox.execute(() -> {
            awaitQuietly(released);
            done.add("before");
        });

        // When
        mailbox.executeAtOnce(() -> done.add("at once"));

        // Then
        assertThat(done).isEmpty();

        // When
        released.countDown();

        // Then
        await().untilAsserted(() -> assertThat(done).containsExactly("before", "at once"));
    }

    @Test
    void shouldRunWhatATaskBringsAfterIt() {
        // When
        mailbox.executeAtOnce(() -> {
            mailbox.executeAtOnce(() -> done.add("brought"));
            done.add("bringing");
        });

        // Then
        await().untilAsserted(() -> assertThat(done).containsExactly("bringing", "brought"));
    }

    @Test
    void shouldGoOnAfterATaskThatFails() {
        // Given
        mailbox.executeAtOnce(() -> {
            throw new IllegalStateException("injected");
        });

        // When
        mailbox.executeAtOnce(() -> done.add("next"));

        // Then
        assertThat(done).containsExactly("next");
    }

    private static void awaitQuietly(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
