package io.chatcluster.e2e;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
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

/** Somebody who writes in two windows of one browser. A test has no window in front: who is in the field there is at work there. */
@OnTheSampleChat
class WebAppTwoWindowsIT {
    @RegisterExtension
    static final Chromium CHROMIUM = new Chromium();

    private static final String GROUP = "Crew";

    private final SampleChat chat = new SampleChat();
    private Person bob;
    private Person alice;
    private Person again;

    @BeforeEach
    void openChat() {
        bob = chat.person(CHROMIUM.window(), "bob");
        alice = chat.person(CHROMIUM.window(), "alice");
        alice.opensDirectChatWith(bob);
        alice.opensGroup(GROUP, List.of());
        again = chat.person(CHROMIUM.windowBeside(alice.page()), "alice");
        again.opensChat(GROUP);
        again.page().locator("#search").focus();
    }

    @AfterEach
    void assertThatNoScriptFailed() {
        Assertions.assertThat(CHROMIUM.problems()).isEmpty();
    }

    @Test
    void shouldShowInBothWindowsWhatWasTypedLast() {
        // When
        field(alice).pressSequentially("See you");

        // Then
        assertThat(field(again)).hasValue("See you");
        alice.page().locator("#search").focus();
        field(again).pressSequentially(" tomorrow");
        assertThat(field(alice)).hasValue("See you tomorrow");
        alice.page().reload();
        assertThat(field(alice)).hasValue("See you tomorrow");
    }

    @Test
    void shouldKeepWhatIsWrittenInOneRoomWhileTheOtherWindowWritesInAnother() {
        // When
        field(alice).pressSequentially("For all");
        again.opensChat(bob.name());
        field(again).pressSequentially("For Bob");
        field(alice).pressSequentially(" of you");

        // Then
        assertThat(alice.page().locator("#rooms")).containsText("Draft: For Bob");
        again.page().reload();
        assertThat(field(again)).hasValue("For Bob");
        again.opensChat(GROUP);
        assertThat(field(again)).hasValue("For all of you");
    }

    @Test
    void shouldEmptyTheFieldInBothWindowsOnceTheMessageIsSent() {
        // Given
        alice.says("Who is in?");
        alice.does("Reply", "Who is in?");
        field(alice).pressSequentially("Me");
        assertThat(field(again)).hasValue("Me");
        assertThat(again.page().locator(".about")).containsText("Who is in?");

        // When
        alice.page().keyboard().press("Enter");

        // Then
        assertThat(field(again)).hasValue("");
        assertThat(again.page().locator(".about")).isEmpty();
        again.sees("Me");
    }

    @Test
    void shouldTakeNothingAwayThatIsBeingTypedInBothAtOnce() {
        // Given
        field(alice).pressSequentially("one");
        assertThat(field(again)).hasValue("one");
        field(again).pressSequentially(" or two");
        assertThat(field(alice)).hasValue("one or two");

        // When
        field(again).evaluate("field => { field.value = 'another'; field.dispatchEvent(new Event('input')); }");

        // Then
        assertThat(field(alice)).hasValue("one or two\nanother");
        assertThat(field(again)).hasValue("one or two\nanother");
    }

    private static Locator field(Person person) {
        Page page = person.page();
        return page.locator("#text");
    }
}
