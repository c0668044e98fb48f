package io.chatcluster.e2e;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import io.chatcluster.e2e.harness.Chromium;
import io.chatcluster.e2e.harness.OnTheSampleChat;
import io.chatcluster.e2e.harness.Person;
import io.chatcluster.e2e.harness.SampleChat;
import java.util.List;
import java.util.regex.Pattern;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What people do about their groups, each other and their device. */
@OnTheSampleChat
class WebAppManagementIT {
    @RegisterExtension
    static final Chromium CHROMIUM = new Chromium();

    private static final String GROUP = "Crew";

    /** A group may have ended by the time a page asks about it, or about who is left in it; the browser itself tells the console. */
    private static final Pattern GONE =
            Pattern.compile("Failed to load resource: the server responded with a status of 404 .*"
                    + " at .*/api/v1/rooms/[^/?]+(/(members|messages))?(\\?[^/]*)?:\\d+:\\d+");

    private final SampleChat chat = new SampleChat();
    private Person alice;
    private Person bob;

    @BeforeEach
    void arrive() {
        alice = chat.person(CHROMIUM.window(), "alice");
        bob = chat.person(CHROMIUM.window(), "bob");
    }

    @AfterEach
    void assertThatNoScriptFailed() {
        Assertions.assertThat(CHROMIUM.problems()).allMatch(GONE.asMatchPredicate());
    }

    @Test
    void shouldTakeAGroupAwayFromWhoeverIsTakenOut() {
        // Given
        alice.opensGroup(GROUP, List.of(bob));
        bob.opensChat(GROUP);

        // When
        alice.page().click("#details-button");
        press(alice, "Remove " + bob.name());

        // Then
        assertThat(room(bob, GROUP)).hasCount(0);
        assertThat(bob.page().locator("#text")).isHidden();
        assertThat(bob.page().locator("#notice")).hasText("You are not in “" + GROUP + "” any more.");
        assertThat(bob.page().locator("#search")).isFocused();
        assertThat(alice.page().locator("#details .members")).not().containsText(bob.name());
        assertThat(alice.page().locator("#details .members")).isFocused();
        assertThat(alice.page().locator("#messages")).containsText("You removed " + bob.name());
    }

    @Test
    void shouldLetAMemberLeaveWhoSaysSoTwice() {
        // Given
        alice.opensGroup(GROUP, List.of(bob));
        bob.opensChat(GROUP);

        // When
        bob.page().click("#details-button");
        press(bob, "Leave the group");
        bob.page().locator("#confirm .danger").click();

        // Then
        assertThat(room(bob, GROUP)).hasCount(0);
        assertThat(alice.page().locator("#messages")).containsText(bob.name() + " left");
    }

    @Test
    void shouldEndAGroupForEverybodyWhenItsOwnerDeletesIt() {
        // Given
        alice.opensGroup(GROUP, List.of(bob));
        bob.opensChat(GROUP);

        // When
        alice.page().click("#details-button");
        press(alice, "Delete the group");
        alice.page().locator("#confirm .danger").click();

        // Then
        assertThat(room(alice, GROUP)).hasCount(0);
        assertThat(room(bob, GROUP)).hasCount(0);
    }

    @Test
    void shouldKeepAMessageThatIsRefusedUntilItCanBeSentOrIsGivenUp() {
        // Given
        alice.opensDirectChatWith(bob);
        alice.says("Hi");
        bob.opensChat(alice.name());
        bob.sees("Hi");
        alice.page().click("#details-button");
        press(alice, "Block this person");
        assertThat(button(alice, "Unblock this person")).isVisible();

        // When
        bob.says("Are you there?");

        // Then
        bob.seesMark("Are you there?", "Not sent");
        assertThat(bob.messages("Are you there?")).containsText("You may not do that here.");
        assertThat(alice.messages("Are you there?")).hasCount(0);

        // When
        bob.says("Never mind");
        bob.seesMark("Never mind", "Not sent");
        bob.messages("Never mind").getByText("Delete").click();

        // Then
        assertThat(bob.messages("Never mind")).hasCount(0);
        assertThat(bob.page().locator("#text")).isFocused();

        // When
        press(alice, "Unblock this person");
        assertThat(button(alice, "Block this person")).isVisible();
        press(bob, "Try again");

        // Then
        alice.sees("Are you there?");
    }

    @Test
    void shouldCountNothingOfAMutedChatInTheTitle() {
        // Given
        alice.opensDirectChatWith(bob);
        alice.page().click("#details-button");
        alice.page().locator("#details .switch input").check();
        assertThat(room(alice, bob.name()).getByLabel("Muted")).isVisible();
        alice.page().keyboard().press("Escape");
        alice.opensGroup(GROUP, List.of());

        // When
        bob.opensChat(alice.name());
        bob.says("Psst");

        // Then
        assertThat(room(alice, bob.name()).locator(".badge")).hasText("1");
        assertThat(alice.page()).hasTitle("ChatCluster");
    }

    @Test
    void shouldKeepTheLanguageAndTheColoursThatADeviceWasGiven() {
        // When
        alice.page().click("#profile-button");
        alice.page().getByLabel("Appearance").selectOption("dark");
        alice.page().getByLabel("Language").selectOption("ko");

        // Then
        assertThat(alice.page().locator("html")).hasAttribute("lang", "ko");
        alice.page().reload();
        assertThat(alice.page().locator("#me")).hasText(alice.name());
        assertThat(alice.page().locator("html")).hasAttribute("lang", "ko");
        assertThat(alice.page().locator("html")).hasAttribute("data-theme", "dark");
    }

    private static Locator room(Person person, String title) {
        Locator titles = person.page().locator(".room-title").filter(new Locator.FilterOptions().setHasText(title));
        return person.page().locator("#rooms button.room").filter(new Locator.FilterOptions().setHas(titles));
    }

    private static void press(Person person, String name) {
        button(person, name).click();
    }

    private static Locator button(Person person, String name) {
        return person.page()
                .getByRole(
                        AriaRole.BUTTON,
                        new Page.GetByRoleOptions().setName(name).setExact(true));
    }
}
