package io.chatcluster.e2e;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import com.microsoft.playwright.Locator;
import io.chatcluster.e2e.harness.Chromium;
import io.chatcluster.e2e.harness.OnTheSampleChat;
import io.chatcluster.e2e.harness.Person;
import io.chatcluster.e2e.harness.SampleChat;
import java.util.List;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Where who has pressed something with the mouse goes on by the keyboard. */
@OnTheSampleChat
class WebAppFocusIT {
    @RegisterExtension
    static final Chromium CHROMIUM = new Chromium();

    private final SampleChat chat = new SampleChat();
    private Person alice;
    private Locator message;

    @BeforeEach
    void saySomething() {
        alice = chat.person(CHROMIUM.window(), "alice");
        alice.opensGroup("Crew", List.of());
        alice.says("Who is in?");
        alice.isStored("Who is in?");
        message = alice.page().locator("#messages li.message");
    }

    @AfterEach
    void assertThatNoScriptFailed() {
        Assertions.assertThat(CHROMIUM.problems()).isEmpty();
    }

    @Test
    void shouldStayAtAMessageAfterItIsDeleted() {
        // Given
        alice.does("Delete", "Who is in?");

        // When
        alice.page().locator("#confirm .danger").click();

        // Then
        assertThat(message.locator(".deleted")).isVisible();
        assertThat(message).isFocused();
    }

    @Test
    void shouldStayAtAMessageAfterSomebodyThoughtBetterOfDeletingIt() {
        // Given
        alice.does("Delete", "Who is in?");

        // When
        alice.page().locator("#confirm .choices button").first().click();

        // Then
        assertThat(message).isFocused();
    }

    @Test
    void shouldStayAtAMessageAfterAReactionIsChosenForIt() {
        // Given
        alice.does("React", "Who is in?");

        // When
        alice.page().locator(".emoji-panel button").first().click();

        // Then
        assertThat(message.locator(".reaction")).isVisible();
        assertThat(message).isFocused();
    }

    @Test
    void shouldStayAtAMessageAfterItsTextIsCopiedAndAnotherOneIsPointedAt() {
        // Given
        alice.says("Me");
        alice.isStored("Me");
        alice.does("Copy text", "Who is in?");

        // When
        alice.messages("Me").locator(".bubble").hover();

        // Then
        assertThat(alice.messages("Me").locator(".actions")).isVisible();
        assertThat(alice.messages("Who is in?")).isFocused();
    }
}
