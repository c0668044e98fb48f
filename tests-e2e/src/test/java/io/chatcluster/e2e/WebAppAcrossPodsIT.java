package io.chatcluster.e2e;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import io.chatcluster.e2e.harness.Chromium;
import io.chatcluster.e2e.harness.FreshNames;
import io.chatcluster.e2e.harness.OnTheSharedChat;
import io.chatcluster.e2e.harness.Person;
import io.chatcluster.e2e.harness.TestChat;
import java.net.URI;
import java.util.List;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** People whose pages are connected to different pods. */
@OnTheSharedChat
class WebAppAcrossPodsIT {
    @RegisterExtension
    static final Chromium CHROMIUM = new Chromium();

    private static final String MARKUP = "<img src=x onerror=alert(1)> & <b>bold</b>";

    private final TestChat chat = TestChat.shared();
    private final List<URI> pods = chat.addresses();
    private final FreshNames names = new FreshNames();

    @AfterEach
    void assertThatNoPageHadProblems() {
        Assertions.assertThat(CHROMIUM.problems()).isEmpty();
    }

    @Test
    void shouldLetTwoPeopleTalk() {
        // Given
        var alice = person("alice", pods.get(0));
        var bob = person("bob", pods.get(1));

        // When
        alice.opensDirectChatWith(bob);
        alice.says("Hello, Bob");
        bob.opensChat(alice.name());
        bob.sees("Hello, Bob");
        bob.says(MARKUP);

        // Then
        alice.sees(MARKUP);
        assertThat(alice.page().locator("#messages img")).hasCount(0);
    }

    @Test
    void shouldShowAGroupWhatBecomesOfItsMessages() {
        // Given
        var alice = person("alice", pods.get(0));
        var bob = person("bob", pods.get(1));
        var carol = person("carol", pods.get(1));
        alice.opensGroup(names.of("Orchestra"), List.of(bob, carol));
        alice.says("We play at eight");
        alice.says("Never mind this");
        bob.opensChat(names.of("Orchestra"));
        bob.sees("Never mind this");
        carol.opensChat(names.of("Orchestra"));
        carol.sees("Never mind this");

        // When
        bob.does("Reply", "We play at eight");
        bob.says("@" + carol.name() + " will you bring the drums?");
        carol.does("React 👍", "will you bring the drums?");
        seesReaction(alice);
        alice.does("Edit", "We play at eight");
        alice.says("We play at nine");
        alice.sees("We play at nine");
        alice.does("Delete", "Never mind this");
        alice.page().locator("#confirm .danger").click();

        // Then
        for (var person : List.of(alice, bob, carol)) {
            assertThat(person.messages("We play at nine").locator(".edited")).hasText("edited");
            seesReaction(person);
            assertThat(person.page().locator("#messages .deleted")).hasText("This message was deleted");
        }
    }

    @Test
    void shouldCopyALinkWhereAPageHasNoClipboardOfItsOwn() {
        // Given
        var page = person("alice", pods.get(0)).page();
        page.click("#new-chat");

        // When
        page.click("#new-chat-dialog .copy-link");

        // Then
        assertThat(page.locator("#new-chat-dialog #notice")).hasText("The link is copied.");
        assertThat(page.locator("#new-chat-dialog .copy-link")).isFocused();
        page.locator("#new-direct-person").press("Control+v");
        assertThat(page.locator("#new-direct-person")).hasValue(page.inputValue("#new-chat-dialog .invite-link"));
    }

    private static void seesReaction(Person person) {
        assertThat(person.messages("bring the drums?").locator(".reaction")).hasText("👍1");
    }

    private Person person(String name, URI pod) {
        var user = names.of(name);
        return Person.signedIn(CHROMIUM.window(), pod, user, chat.token(user));
    }
}
