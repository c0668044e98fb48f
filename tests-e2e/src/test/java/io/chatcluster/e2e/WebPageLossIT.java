package io.chatcluster.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.chatcluster.e2e.harness.Browser;
import io.chatcluster.e2e.harness.ChatPage;
import io.chatcluster.e2e.harness.Node;
import io.chatcluster.e2e.harness.OnTheSharedChat;
import io.chatcluster.e2e.harness.TestChat;
import io.fabric8.kubernetes.api.model.Pod;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Two people type in the web page while parts of the chat are taken away. */
@OnTheSharedChat
class WebPageLossIT {
    private static final int MESSAGES_MIN = 60;

    private final TestChat chat = TestChat.shared();
    private final String run = UUID.randomUUID().toString().substring(0, 8);
    private final List<String> said = new ArrayList<>();
    private Browser browser;
    private ChatPage alice;
    private ChatPage bob;

    @BeforeEach
    void beginToTalk() {
        browser = Browser.open();
        // The Service leads to any pod, also to the next one.
        alice = ChatPage.signedIn(browser, chat, chat.serviceAddress(), "alice-" + run);
        bob = ChatPage.signedIn(browser, chat, chat.serviceAddress(), "bob-" + run);
        alice.opensChatWith(bob);
        say(alice, "hello");
        bob.opensTheChat();
        bob.sees("hello");
    }

    @AfterEach
    void closeBrowser() {
        browser.close();
        chat.awaitCondition("Ready", "True");
    }

    @Test
    void shouldLoseAndDoubleNothingOnThePageWhenPodsAreKilled() {
        // When
        talkDuring(() -> {
            for (Pod victim : chat.chatPods()) {
                Node.kill(victim, "java");
                await().atMost(TestChat.READY).until(() -> chat.chatPods().size() == 2);
            }
        });

        // Then
        assertBothShowAll("pods-killed");
    }

    @Test
    void shouldLoseAndDoubleNothingOnThePageWhenRedisIsKilled() {
        // When
        talkDuring(() -> {
            chat.deleteRedis();
            chat.awaitCondition("RedisReady", "True");
        });

        // Then
        assertBothShowAll("redis-killed");
    }

    @Test
    void shouldLoseAndDoubleNothingOnThePageWhenThePodsAreReplaced() {
        // Given
        Set<String> before = names();

        // When
        talkDuring(() -> {
            chat.annotate("chatcluster.io/restartedAt", Instant.now().toString());
            await().atMost(TestChat.READY)
                    .until(() -> names().size() == 2 && names().stream().noneMatch(before::contains));
        });

        // Then
        assertBothShowAll("rollout");
    }

    /** Both go on talking until the event is over, and somewhat longer. */
    private void talkDuring(Runnable event) {
        var over = new CompletableFuture<Void>();
        for (int n = 1; n <= MESSAGES_MIN || !over.isDone(); n++) {
            say(n % 3 == 0 ? bob : alice, "message " + n + " of " + run);
            if (n == MESSAGES_MIN / 4) {
                over = CompletableFuture.runAsync(event);
            }
            alice.page().waitForTimeout(100);
        }
        over.join();
        say(alice, "that was it from " + alice.user());
        say(bob, "that was it from " + bob.user());
    }

    private void say(ChatPage person, String text) {
        person.says(text);
        said.add(text);
    }

    private void assertBothShowAll(String picture) {
        for (ChatPage person : List.of(alice, bob)) {
            person.isSettled();
            await().pollInSameThread()
                    .atMost(TestChat.READY)
                    .until(() -> person.messages().size() >= said.size());
        }
        Browser.picture(alice.page(), picture);
        List<String> shown = alice.messages();
        assertThat(shown).containsExactlyInAnyOrderElementsOf(said);
        assertThat(bob.messages()).isEqualTo(shown);
        for (ChatPage person : List.of(alice, bob)) {
            assertThat(person.problems()).isEmpty();
        }
        List<String> ofAlice = said.stream().filter(text -> isOfAlice(text)).toList();
        assertThat(shown.stream().filter(text -> isOfAlice(text))).containsExactlyElementsOf(ofAlice);
    }

    private boolean isOfAlice(String text) {
        String[] words = text.split(" ");
        return words[0].equals("message") && Integer.parseInt(words[1]) % 3 != 0;
    }

    private Set<String> names() {
        return chat.chatPods().stream().map(pod -> pod.getMetadata().getName()).collect(Collectors.toSet());
    }
}
