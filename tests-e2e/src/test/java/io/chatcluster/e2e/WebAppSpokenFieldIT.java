package io.chatcluster.e2e;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
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

/** What those hear of the field in which messages are written who do not see what is written about. */
@OnTheSampleChat
class WebAppSpokenFieldIT {
    @RegisterExtension
    static final Chromium CHROMIUM = new Chromium();

    private static final String GROUP = "Crew";

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
    void shouldSayWhatIsAnsweredToWhoComesToTheField() {
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
    }

    @Test
    void shouldSayWhatIsChangedToWhoComesToTheField() {
        // Given
        alice.says("Who is in?");

        // When
        alice.does("Edit", "Who is in?");

        // Then
        assertThat(field()).isFocused();
        assertThat(field()).hasAccessibleName("New text of your message");
        assertThat(field()).hasAccessibleDescription(Pattern.compile("^Editing your message\\s+Who is in\\?$"));
    }

    @Test
    void shouldSayWhatIsChangedToWhoIsInTheFieldAlready() {
        // Given
        alice.says("Who is in?");
        alice.isStored("Who is in?");
        assertThat(status()).isEmpty();

        // When
        field().press("ArrowUp");

        // Then
        assertThat(status()).hasText("Editing your message: Who is in?");
    }

    @Test
    void shouldSayToWhomAMessageGoesAfterAnEditIsCancelled() {
        // Given
        alice.saysAndEdits("Who is in?");

        // When
        field().press("Escape");

        // Then
        assertThat(status()).hasText("Message to " + GROUP);
        assertThat(field()).hasAccessibleDescription("");
    }

    @Test
    void shouldSayThatAnEditIsSaved() {
        // Given
        alice.saysAndEdits("Who is in?");

        // When
        alice.says("Who is in, then?");

        // Then
        assertThat(status()).hasText("Saved");
    }

    @Test
    void shouldSayNothingOfAnotherRoomAfterTheFirstIsLeft() {
        // Given
        alice.saysAndEdits("Who is in?");
        assertThat(status()).hasText("Editing your message: Who is in?");

        // When
        alice.opensGroup("Another crew", List.of());

        // Then
        assertThat(status()).isEmpty();
    }

    @Test
    void shouldNotCallAnEditSavedAfterItIsRefused() {
        // Given
        Page page = CHROMIUM.window();
        EditGate gate = EditGate.of(page);
        Person carol = chat.person(page, "carol");
        carol.opensGroup(GROUP, List.of());
        gate.hold(carol, "Who is in?", "Who is in tomorrow?");
        page.locator("#text").fill("Who is in?");

        // When
        gate.refuse();

        // Then
        assertThat(page.locator("#notice")).isVisible();
        assertThat(page.locator("#compose [role=status]")).hasText("Editing your message: Who is in?");
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

    private Locator field() {
        return alice.page().locator("#text");
    }

    private Locator status() {
        return alice.page().locator("#compose [role=status]");
    }
}
