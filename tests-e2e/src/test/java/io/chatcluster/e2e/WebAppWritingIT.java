package io.chatcluster.e2e;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.FilePayload;
import io.chatcluster.e2e.harness.Chromium;
import io.chatcluster.e2e.harness.EditGate;
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
    void shouldSayWhatAMessageIsAboutToWhoComesToTheField() {
        // Given
        alice.says("Who is in?");
        assertThat(field()).hasAccessibleName("Message to " + GROUP);
        assertThat(field()).hasAccessibleDescription("");

        // When
        alice.does("Reply", "Who is in?");

        // Then
        assertThat(field()).isFocused();
        assertThat(field()).hasAccessibleName("Message to " + GROUP);
        assertThat(field())
                .hasAccessibleDescription(Pattern.compile("^Replying to " + alice.name() + "\\s+Who is in\\?$"));
        assertThat(status()).isEmpty();
        alice.does("Edit", "Who is in?");
        assertThat(field()).hasAccessibleName("New text of your message");
        assertThat(field()).hasAccessibleDescription(Pattern.compile("^Editing your message\\s+Who is in\\?$"));
    }

    @Test
    void shouldSayWhatAMessageIsAboutToWhoIsInTheFieldAlready() {
        // Given
        alice.says("Who is in?");
        alice.isStored("Who is in?");
        assertThat(status()).isEmpty();

        // When
        field().press("ArrowUp");

        // Then
        assertThat(status()).hasText("Editing your message: Who is in?");
        field().press("Escape");
        assertThat(status()).hasText("Message to " + GROUP);
        assertThat(field()).hasAccessibleDescription("");
        field().press("ArrowUp");
        alice.says("Who is in, then?");
        assertThat(status()).hasText("Saved");
    }

    @Test
    void shouldSayItInKorean() {
        // Given
        Page page = CHROMIUM.window(
                new Browser.NewContextOptions().setViewportSize(1180, 760).setLocale("ko-KR"));
        Person minji = chat.person(page, "minji");
        minji.opensGroup("출시 준비", List.of());
        minji.says("안녕하세요!");
        minji.isStored("안녕하세요!");

        // When
        page.locator("#text").press("ArrowUp");

        // Then
        assertThat(page.locator("#text")).hasAccessibleName("내 메시지의 새 내용");
        assertThat(page.locator("#text")).hasAccessibleDescription(Pattern.compile("^메시지 수정 중\\s+안녕하세요!$"));
        assertThat(page.locator("#compose [role=status]")).hasText("메시지 수정 중: 안녕하세요!");
    }

    @Test
    void shouldGoOnWithAnEditAfterAReload() {
        // Given
        alice.says("Who is in?");
        alice.isStored("Who is in?");
        field().press("ArrowUp");
        field().fill("Who is in tomorrow?");
        Assertions.assertThat(alice.isAskedBeforeLeaving()).isFalse();

        // When
        alice.page().reload();

        // Then
        assertThat(alice.page().locator(".about")).containsText("Editing your message");
        assertThat(field()).hasValue("Who is in tomorrow?");
        field().press("Enter");
        alice.sees("Who is in tomorrow?");
        assertThat(field()).hasValue("");
        alice.page().reload();
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
        carol.says("Who is in?");
        carol.isStored("Who is in?");
        gate.shut();
        page.locator("#text").press("ArrowUp");
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

    private Locator field() {
        return alice.page().locator("#text");
    }

    private Locator status() {
        return alice.page().locator("#compose [role=status]");
    }
}
