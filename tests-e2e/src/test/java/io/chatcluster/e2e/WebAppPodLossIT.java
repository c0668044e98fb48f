package io.chatcluster.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.chatcluster.e2e.harness.ChangesTheSharedChat;
import io.chatcluster.e2e.harness.Chromium;
import io.chatcluster.e2e.harness.FreshNames;
import io.chatcluster.e2e.harness.Node;
import io.chatcluster.e2e.harness.Person;
import io.chatcluster.e2e.harness.TestChat;
import io.fabric8.kubernetes.api.model.Pod;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Two people type in the web page while parts of the chat are taken away. */
@ChangesTheSharedChat
class WebAppPodLossIT {
    @RegisterExtension
    static final Chromium CHROMIUM = new Chromium();

    private static final int MESSAGES_MIN = 60;

    private final TestChat chat = TestChat.shared();
    private final FreshNames names = new FreshNames();
    private final List<String> said = new ArrayList<>();
    private Person alice;
    private Person bob;

    @BeforeEach
    void beginToTalk() {
        // The Service leads to any pod, also to the next one.
        alice = person("alice");
        bob = person("bob");
        alice.opensDirectChatWith(bob);
        say(alice, "hello");
        bob.opensChat(alice.name());
        bob.sees("hello");
    }

    @AfterEach
    void awaitReady() {
        chat.awaitReady();
    }

    @Test
    void shouldLoseAndDoubleNothingOnThePageWhenPodsAreKilled() {
        // When
        talkDuring(() -> {
            for (Pod victim : chat.chatPods()) {
                Node.kill(victim, "java");
                chat.awaitBack(victim);
            }
        });

        // Then
        assertBothShowAll("pods-killed");
    }

    @Test
    void shouldLoseAndDoubleNothingOnThePageWhenRedisIsKilled() {
        // When
        talkDuring(() -> {
            chat.replaceRedisPods();
            chat.awaitCondition("RedisReady", "True");
        });

        // Then
        assertBothShowAll("redis-killed");
    }

    @Test
    void shouldLoseAndDoubleNothingOnThePageWhenThePodsAreReplaced() {
        // Given
        Set<String> before = chat.chatPodNames();

        // When
        talkDuring(() -> {
            chat.annotate("chatcluster.io/restartedAt", Instant.now().toString());
            await().atMost(TestChat.READY)
                    .until(() -> chat.chatPodNames().size() == 2
                            && chat.chatPodNames().stream().noneMatch(before::contains));
        });

        // Then
        assertBothShowAll("rollout");
    }

    /** Both go on talking until the event is over, and somewhat longer. */
    private void talkDuring(Runnable event) {
        var over = new CompletableFuture<Void>();
        for (int n = 1; n <= MESSAGES_MIN || !over.isDone(); n++) {
            say(n % 3 == 0 ? bob : alice, "message " + n);
            if (n == MESSAGES_MIN / 4) {
                over = CompletableFuture.runAsync(event);
            }
            alice.page().waitForTimeout(100);
        }
        over.join();
        say(alice, "that was it from " + alice.name());
        say(bob, "that was it from " + bob.name());
    }

    private Person person(String name) {
        var user = names.of(name);
        return Person.signedIn(CHROMIUM.window(), chat.serviceAddress(), user, chat.token(user));
    }

    private void say(Person person, String text) {
        person.says(text);
        said.add(text);
    }

    private void assertBothShowAll(String picture) {
        for (Person person : List.of(alice, bob)) {
            person.isSettled();
            await().pollInSameThread()
                    .atMost(TestChat.READY)
                    .until(() -> person.wholeChat().size() >= said.size());
        }
        Chromium.picture(alice.page(), picture);
        List<String> shown = alice.wholeChat();
        assertThat(shown).containsExactlyInAnyOrderElementsOf(said);
        assertThat(bob.wholeChat()).isEqualTo(shown);
        assertThat(CHROMIUM.problems()).isEmpty();
        List<String> ofAlice = said.stream().filter(text -> isOfAlice(text)).toList();
        assertThat(shown.stream().filter(text -> isOfAlice(text))).containsExactlyElementsOf(ofAlice);
    }

    private boolean isOfAlice(String text) {
        String[] words = text.split(" ");
        return words[0].equals("message") && Integer.parseInt(words[1]) % 3 != 0;
    }
}
