package io.chatcluster.e2e;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.options.AriaRole;
import io.chatcluster.e2e.harness.Chromium;
import io.chatcluster.e2e.harness.OnTheSharedChat;
import io.chatcluster.e2e.harness.Person;
import io.chatcluster.e2e.harness.SampleChat;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

@OnTheSharedChat
class WebAppChangesIT {
    @RegisterExtension
    static final Chromium CHROMIUM = new Chromium();

    private final SampleChat chat = new SampleChat();
    private Person alice;
    private Person bob;

    @BeforeEach
    void openChat() {
        alice = chat.person(CHROMIUM.window(), "alice");
        bob = chat.person(CHROMIUM.window(), "bob");
        alice.opensDirectChatWith(bob);
        alice.says("the first draft");
        bob.opensChat(alice.name());
        bob.sees("the first draft");
    }

    @Test
    void shouldShowAnEditToBothAndAfterAReload() {
        // When
        alice.does("Edit", "the first draft");
        assertThat(alice.page().locator("#text")).hasValue("the first draft");
        alice.says("the final text");

        // Then
        bob.sees("the final text");
        assertThat(bob.messages("the final text").locator(".edited")).hasText("edited");
        assertThat(alice.page().locator("#text")).hasValue("");
        bob.page().reload();
        bob.opensChat(alice.name());
        bob.sees("the final text");
    }

    @Test
    void shouldTakeAMessageBack() {
        // When
        alice.does("Delete", "the first draft");
        alice.page().locator("#confirm .danger").click();

        // Then
        assertThat(bob.page().locator("#messages .deleted")).hasText("This message was deleted");
        assertThat(bob.page().locator("#messages")).not().containsText("the first draft");
    }

    @Test
    void shouldCopyTheTextOfAMessage() {
        // Given
        bob.page().context().grantPermissions(List.of("clipboard-read", "clipboard-write"));

        // When
        bob.does("Copy text", "the first draft");

        // Then
        assertThat(bob.page().locator("#notice")).hasText("Copied");
        Assertions.assertThat(bob.page().evaluate("navigator.clipboard.readText()"))
                .isEqualTo("the first draft");
    }

    @Test
    void shouldPutAReactionAndTakeItBack() {
        // When
        bob.does("React 👍", "the first draft");

        // Then
        var reaction = alice.messages("the first draft").locator(".reaction");
        assertThat(reaction).hasText("👍1");
        reaction.click();
        assertThat(bob.messages("the first draft").locator(".reaction")).hasText("👍2");
        bob.messages("the first draft").locator(".reaction").click();
        assertThat(reaction).hasText("👍1");
        assertThat(reaction).hasAttribute("aria-pressed", "true");
        Assertions.assertThat(CHROMIUM.problems()).isEmpty();
    }

    @Test
    void shouldOpenARoomThatChangesWhileItIsPressed() {
        // Given
        AtomicBoolean heard = new AtomicBoolean();
        bob.page()
                .onWebSocket(socket -> socket.onFrameReceived(
                        frame -> heard.compareAndSet(false, frame.text().contains("meanwhile"))));
        bob.page().reload();
        bob.isSettled();
        bob.opensDirectChat(chat.user("carol"), chat.user("carol"));
        // The new room comes before the other, which moves down.
        assertThat(bob.page().locator("#rooms button.room").first()).containsText(chat.user("carol"));
        bob.page()
                .locator("#rooms button.room")
                .filter(new Locator.FilterOptions().setHasText(alice.name()))
                .hover();

        // When
        bob.page().mouse().down();
        alice.says("meanwhile");
        bob.page().waitForCondition(heard::get);
        bob.page()
                .evaluate(
                        "() => new Promise(shown => requestAnimationFrame(() => requestAnimationFrame(() => shown())))");
        bob.page().mouse().up();

        // Then
        assertThat(bob.page().locator("#title")).hasText(alice.name());
        bob.sees("meanwhile");
    }

    @Test
    void shouldKeepTheButtonsOfAMessageThatChangesMeanwhile() {
        // Given
        Person carol = chat.person(
                CHROMIUM.window(new Browser.NewContextOptions()
                        .setViewportSize(390, 780)
                        .setHasTouch(true)
                        .setIsMobile(true)),
                "carol");
        carol.opensDirectChatWith(alice);
        alice.opensChat(carol.name());
        alice.says("for carol");
        carol.messages("for carol").locator(".bubble").tap();
        assertThat(carol.page().locator(".actions")).isVisible();

        // When
        alice.does("React 👍", "for carol");

        // Then
        assertThat(carol.messages("for carol").locator(".reaction")).hasText("👍1");
        assertThat(carol.messages("for carol").locator(".actions")).isVisible();
        carol.messages("for carol").locator(".bubble").tap();
        assertThat(carol.page().locator(".actions")).hasCount(0);
    }

    @Test
    void shouldShowWhoIsThereAndWhoIsTyping() {
        // Then
        assertThat(alice.page().locator("#room-status")).hasText("Online");
        assertThat(alice.page()
                        .locator("#rooms")
                        .getByRole(
                                AriaRole.IMG,
                                new com.microsoft.playwright.Locator.GetByRoleOptions().setName("Online")))
                .isVisible();

        // When
        alice.listensTo("#room-status");
        bob.page().locator("#text").pressSequentially("Hm");

        // Then
        alice.hears(bob.name() + " is typing…");
        bob.says("Hm, fine");
        assertThat(alice.page().locator("#room-status")).hasText("Online");
    }

    @Test
    void shouldShowTheNameThatSomebodyChose() {
        // When
        bob.isCalled("Bob Builder");

        // Then
        alice.page().reload();
        assertThat(alice.page().locator("#rooms .room-title")).hasText("Bob Builder");
    }
}
