package io.chatcluster.e2e;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import com.microsoft.playwright.Locator;
import io.chatcluster.e2e.harness.Chromium;
import io.chatcluster.e2e.harness.OnTheSampleChat;
import io.chatcluster.e2e.harness.Person;
import io.chatcluster.e2e.harness.SampleChat;
import java.util.List;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Links to rooms that people send each other. */
@OnTheSampleChat
class WebAppLinksIT {
    @RegisterExtension
    static final Chromium CHROMIUM = new Chromium();

    private final SampleChat chat = new SampleChat();
    private Person alice;
    private Person bob;
    private String group;

    @BeforeEach
    void openChats() {
        alice = chat.person(CHROMIUM.window(), "alice");
        bob = chat.person(CHROMIUM.window(), "bob");
        alice.opensGroup("Crew", List.of(bob));
        group = alice.page().url();
        alice.opensDirectChatWith(bob);
        alice.says("It is in " + group + " as I said");
        bob.opensChat(alice.name());
    }

    @Test
    void shouldOpenARoomInTheSameWindowAndLeadBack() {
        // When
        link().click();

        // Then
        assertThat(bob.page().locator("#title")).hasText("Crew");
        Assertions.assertThat(bob.page().context().pages()).hasSize(1);
        bob.page().goBack();
        assertThat(bob.page().locator("#title")).hasText(alice.name());
        bob.sees("as I said");
        Assertions.assertThat(CHROMIUM.problems()).isEmpty();
    }

    @Test
    void shouldSayThatARoomIsNotThereForWhoIsNotInItAnyMoreAndStayWhereOneIs() {
        // Given
        bob.opensChat("Crew");
        bob.page().click("#details-button");
        bob.page().click("#details .danger");
        bob.page().click("#confirm .danger");
        assertThat(bob.page().locator("#notice")).hasText("You are not in “Crew” any more.");
        bob.opensChat(alice.name());

        // When
        link().click();

        // Then
        assertThat(bob.page().locator("#notice")).hasText("That does not exist, or not for you.");
        assertThat(bob.page().locator("#title")).hasText(alice.name());
        Assertions.assertThat(bob.page().url()).isNotEqualTo(group);
    }

    private Locator link() {
        return bob.messages("as I said").locator("a");
    }
}
