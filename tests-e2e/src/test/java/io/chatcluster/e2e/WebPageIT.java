package io.chatcluster.e2e;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import io.chatcluster.e2e.harness.Browser;
import io.chatcluster.e2e.harness.ChatPage;
import io.chatcluster.e2e.harness.OnTheSharedChat;
import io.chatcluster.e2e.harness.TestChat;
import java.util.List;
import java.util.UUID;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.Test;

@OnTheSharedChat
class WebPageIT {
    private static final String MARKUP = "<img src=x onerror=alert(1)> & <b>bold</b>";

    private final TestChat chat = TestChat.shared();

    @Test
    void shouldLetTwoPeopleTalkThroughDifferentPods() {
        // Given
        var run = UUID.randomUUID().toString().substring(0, 8);
        var pods = chat.addresses();
        try (var browser = Browser.open()) {
            var alice = ChatPage.signedIn(browser, chat, pods.get(0), "alice-" + run);
            var bob = ChatPage.signedIn(browser, chat, pods.get(1), "bob-" + run);

            // When
            alice.opensChatWith(bob);
            alice.says("Hello, Bob");
            bob.opensTheChat();
            bob.sees("Hello, Bob");
            bob.says(MARKUP);

            // Then
            alice.sees(MARKUP);
            assertThat(alice.page().locator("#messages img")).hasCount(0);
            Browser.picture(alice.page(), "conversation");
            Assertions.assertThat(alice.problems()).isEmpty();
            Assertions.assertThat(bob.problems()).isEmpty();
        }
    }

    @Test
    void shouldShowAGroupOnDifferentPodsWhatBecomesOfItsMessages() {
        // Given
        var run = UUID.randomUUID().toString().substring(0, 8);
        var pods = chat.addresses();
        try (var browser = Browser.open()) {
            var alice = ChatPage.signedIn(browser, chat, pods.get(0), "alice-" + run);
            var bob = ChatPage.signedIn(browser, chat, pods.get(1), "bob-" + run);
            var carol = ChatPage.signedIn(browser, chat, pods.get(1), "carol-" + run);
            alice.opensGroupWith("Orchestra " + run, List.of(bob, carol));
            alice.says("We play at eight");
            alice.says("Never mind this");
            bob.opensTheChat();
            carol.opensTheChat();
            carol.sees("Never mind this");

            // When
            bob.does("Reply", "We play at eight");
            bob.says("@carol-" + run + " will you bring the drums?");
            carol.does("React 👍", "will you bring the drums?");
            alice.does("Edit", "We play at eight");
            alice.says("We play at nine");
            alice.does("Delete", "Never mind this");
            alice.page().locator("#confirm .danger").click();

            // Then
            for (var person : List.of(alice, bob, carol)) {
                assertThat(person.message("We play at nine").locator(".edited")).hasText("edited");
                assertThat(person.message("bring the drums?").locator(".reaction"))
                        .hasText("👍1");
                assertThat(person.page().locator("#messages .deleted")).hasText("This message was deleted");
                Assertions.assertThat(person.problems()).isEmpty();
            }
            Browser.picture(carol.page(), "group");
        }
    }
}
