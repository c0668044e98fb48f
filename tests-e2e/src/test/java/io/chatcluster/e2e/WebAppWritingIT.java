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
        Person carol = saysSomethingWhereTheBrowserKeepsNothing();

        // When
        carol.page().locator("#text").press("ArrowUp");
        carol.page().locator("#text").fill("Who is in tomorrow?");

        // Then
        Assertions.assertThat(carol.isAskedBeforeLeaving()).isTrue();
    }

    @Test
    void shouldNotAskAnyMoreAfterAnEditIsCancelledWhereTheBrowserKeepsNothing() {
        // Given
        Person carol = saysSomethingWhereTheBrowserKeepsNothing();
        carol.page().locator("#text").press("ArrowUp");
        carol.page().locator("#text").fill("Who is in tomorrow?");

        // When
        carol.page().locator("#text").press("Escape");

        // Then
        Assertions.assertThat(carol.isAskedBeforeLeaving()).isFalse();
    }

    @Test
    void shouldSayThatAnEditIsRefusedAfterSomebodyHasTurnedToAnAnswer() {
        // When
        Page page = answersUntilAnEditIsRefused().page();

        // Then
        assertThat(page.locator("#notice")).containsText("Your change “Who is in tomorrow?” was not saved");
        assertThat(page.locator("#text")).hasValue("Me");
    }

    @Test
    void shouldLeadBackToAnEditThatIsRefused() {
        // Given
        Page page = answersUntilAnEditIsRefused().page();

        // When
        page.locator("#notice button").click();

        // Then
        assertThat(page.locator("#notice")).isHidden();
        assertThat(page.locator("#text")).hasValue("Who is in tomorrow?");
        assertThat(page.locator("#text")).isFocused();
    }

    @Test
    void shouldLeadOnToTheAnswerAfterAnEditThatWasRefusedIsSaved() {
        // Given
        Person carol = answersUntilAnEditIsRefused();
        carol.page().locator("#notice button").click();
        assertThat(carol.page().locator("#text")).hasValue("Who is in tomorrow?");

        // When
        carol.page().locator("#text").press("Enter");

        // Then
        carol.sees("Who is in tomorrow?");
        assertThat(carol.page().locator("#text")).hasValue("Me");
    }

    @Test
    void shouldSayNoMoreThatAnEditIsRefusedAfterItsMessageShowsIt() {
        // Given
        Person carol = answersUntilAnEditIsRefused();
        assertThat(carol.page().locator("#notice")).isVisible();
        Person elsewhere = chat.person(CHROMIUM.window(), "carol");
        elsewhere.opensChat(GROUP);

        // When
        elsewhere.does("Edit", "Who is in?");
        elsewhere.says("Who is in tomorrow?");

        // Then
        carol.sees("Who is in tomorrow?");
        assertThat(carol.page().locator("#notice")).isHidden();
    }

    @Test
    void shouldBeReadyToWriteAfterAnEditIsBegun() {
        // Given
        alice.says("Who is in?");

        // When
        alice.does("Edit", "Who is in?");
        assertThat(field()).isFocused();
        alice.page().keyboard().type(" And who is not?");

        // Then
        assertThat(field()).hasValue("Who is in? And who is not?");
    }

    @Test
    void shouldBeReadyToWriteAfterAnEditIsCancelled() {
        // Given
        alice.saysAndEdits("Who is in?");

        // When
        alice.page().click(".about button");

        // Then
        assertThat(field()).isFocused();
    }

    @Test
    void shouldBeReadyToWriteAfterAFileIsAdded() {
        // When
        attachNotes();

        // Then
        assertThat(field()).isFocused();
    }

    @Test
    void shouldBeReadyToWriteAfterAFileIsTakenAway() {
        // Given
        attachNotes();

        // When
        alice.page().click(".chip button");

        // Then
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

    private Person saysSomethingWhereTheBrowserKeepsNothing() {
        Page page = CHROMIUM.window();
        page.addInitScript(KEEPING_NOTHING);
        Person carol = chat.person(page, "carol");
        carol.opensGroup(GROUP, List.of());
        carol.says("Who is in?");
        carol.isStored("Who is in?");
        Assertions.assertThat(carol.isAskedBeforeLeaving()).isFalse();
        return carol;
    }

    /** Carol has asked for an edit to be saved, and gone on meanwhile. */
    private Person answersUntilAnEditIsRefused() {
        Page page = CHROMIUM.window();
        EditGate gate = EditGate.of(page);
        Person carol = chat.person(page, "carol");
        carol.opensGroup(GROUP, List.of());
        gate.hold(carol, "Who is in?", "Who is in tomorrow?");
        carol.does("Reply", "Who is in?");
        page.locator("#text").fill("Me");
        gate.refuse();
        return carol;
    }

    private void attachNotes() {
        alice.attaches(new FilePayload("notes.txt", "text/plain", new byte[] {'x'}));
        assertThat(alice.page().locator(".chip.done")).isVisible();
    }

    private Locator field() {
        return alice.page().locator("#text");
    }
}
