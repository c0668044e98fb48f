package io.chatcluster.e2e;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Route;
import com.microsoft.playwright.options.FilePayload;
import io.chatcluster.e2e.harness.Chromium;
import io.chatcluster.e2e.harness.EditGate;
import io.chatcluster.e2e.harness.OnTheSampleChat;
import io.chatcluster.e2e.harness.Person;
import io.chatcluster.e2e.harness.SampleChat;
import java.util.ArrayList;
import java.util.List;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The field in which messages are written, changed and answered. */
@OnTheSampleChat
class WebAppWritingIT {
    @RegisterExtension
    static final Chromium CHROMIUM = new Chromium();

    private static final String GROUP = "Crew";
    private static final String KEEPING_NOTHING = """
            const refuse = () => { throw new DOMException('denied', 'SecurityError'); };
            for (const place of ['localStorage', 'sessionStorage']) Object.defineProperty(window, place, { get: refuse });
            """;
    /** A page hears of what others keep, and not of what it keeps itself. */
    private static final String WRITTEN_UNHEARD = """
            text => {
              const place = Object.keys(localStorage).find(key => key.startsWith('draft/'));
              localStorage.setItem(place, JSON.stringify({ text }));
            }
            """;

    private final SampleChat chat = new SampleChat();
    private Person alice;

    @BeforeEach
    void openChat() {
        alice = chat.person(CHROMIUM.window(), "alice");
        alice.opensGroup(GROUP, List.of());
    }

    @AfterEach
    void assertThatNoScriptFailed() {
        Assertions.assertThat(CHROMIUM.problems()).isEmpty();
    }

    @Test
    void shouldGoOnWithAnEditAfterAReload() {
        // Given
        alice.saysAndEdits("Who is in?");
        field().fill("Who is in tomorrow?");
        Assertions.assertThat(alice.isAskedBeforeLeaving()).isFalse();

        // When
        alice.page().reload();

        // Then
        assertThat(alice.page().locator(".about")).containsText("Editing your message");
        assertThat(field()).hasValue("Who is in tomorrow?");
    }

    @Test
    void shouldHaveNothingLeftOfAnEditThatIsSavedAfterAReload() {
        // Given
        alice.saysAndEdits("Who is in?");
        field().fill("Who is in tomorrow?");
        alice.page().reload();
        assertThat(field()).hasValue("Who is in tomorrow?");
        // A change is made at once or not at all, where a message would wait for the connection.
        alice.isSettled();
        field().press("Enter");
        alice.sees("Who is in tomorrow?");
        assertThat(field()).hasValue("");

        // When
        alice.page().reload();

        // Then
        alice.sees("Who is in tomorrow?");
        assertThat(field()).hasValue("");
    }

    @Test
    void shouldAskBeforeAnEditIsLostWithThePageWhereTheBrowserKeepsNothing() {
        // Given
        Page page = CHROMIUM.window();
        page.addInitScript(KEEPING_NOTHING);
        Person carol = chat.person(page, "carol");
        carol.opensGroup(GROUP, List.of());
        carol.says("Who is in?");
        carol.isStored("Who is in?");
        Assertions.assertThat(carol.isAskedBeforeLeaving()).isFalse();

        // When
        page.locator("#text").press("ArrowUp");
        page.locator("#text").fill("Who is in tomorrow?");

        // Then
        Assertions.assertThat(carol.isAskedBeforeLeaving()).isTrue();
        page.locator("#text").press("Escape");
        Assertions.assertThat(carol.isAskedBeforeLeaving()).isFalse();
    }

    @Test
    void shouldLeadBackToAnEditThatIsRefusedAfterSomebodyHasTurnedToAnAnswer() {
        // Given
        Page page = CHROMIUM.window();
        EditGate gate = EditGate.of(page);
        Person carol = chat.person(page, "carol");
        carol.opensGroup(GROUP, List.of());
        gate.shut();
        carol.saysAndEdits("Who is in?");
        carol.says("Who is in tomorrow?");
        page.waitForCondition(gate::holds);
        carol.does("Reply", "Who is in?");
        page.locator("#text").fill("Me");

        // When
        gate.refuse();

        // Then
        assertThat(page.locator("#notice")).containsText("Your change “Who is in tomorrow?” was not saved");
        assertThat(page.locator("#text")).hasValue("Me");
        page.locator("#notice button").click();
        assertThat(page.locator("#notice")).isHidden();
        assertThat(page.locator("#text")).hasValue("Who is in tomorrow?");
        assertThat(page.locator("#text")).isFocused();
        page.locator("#text").press("Enter");
        carol.sees("Who is in tomorrow?");
        assertThat(page.locator("#text")).hasValue("Me");
    }

    @Test
    void shouldBeReadyToWriteWhateverThePersonTurnsTo() {
        // Given
        assertThat(field()).isFocused();
        alice.says("Who is in?");

        // When
        alice.does("Edit", "Who is in?");

        // Then
        assertThat(field()).isFocused();
        field().pressSequentially(" And who is not?");
        assertThat(field()).hasValue("Who is in? And who is not?");
        alice.page().click(".about button");
        assertThat(field()).isFocused();
        alice.attaches(new FilePayload("notes.txt", "text/plain", new byte[] {'x'}));
        assertThat(alice.page().locator(".chip.done")).isVisible();
        assertThat(field()).isFocused();
        alice.page().click(".chip button");
        assertThat(field()).isFocused();
    }

    @Test
    void shouldShowWhatWasWrittenElsewhereWhileTheWindowWasFrozenOnceSomebodyIsBack() {
        // Given
        field().pressSequentially("See you");
        alice.page().locator("#search").focus();
        alice.page().evaluate(WRITTEN_UNHEARD, "See you tomorrow");
        assertThat(field()).hasValue("See you");

        // When
        alice.page().evaluate("() => dispatchEvent(new Event('focus'))");

        // Then
        assertThat(field()).hasValue("See you tomorrow");
    }

    @Test
    void shouldOfferTheMembersOfANewGroupToWhoWroteAnAtSignBeforeTheyCame() {
        // Given
        Person bob = chat.person(CHROMIUM.window(), "bob");
        List<Route> asked = new ArrayList<>();
        alice.page().route("**/members*", asked::add);
        alice.opensGroup("Band", List.of(bob));
        field().pressSequentially("@");
        alice.page().waitForCondition(() -> !asked.isEmpty());
        Locator offered = alice.page().locator("#mentions li");
        assertThat(offered).hasCount(0);

        // When
        asked.forEach(Route::resume);

        // Then
        assertThat(offered).containsText(bob.name());
    }

    private Locator field() {
        return alice.page().locator("#text");
    }
}
