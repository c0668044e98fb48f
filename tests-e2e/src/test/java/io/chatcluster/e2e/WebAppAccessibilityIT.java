package io.chatcluster.e2e;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import com.deque.html.axecore.playwright.AxeBuilder;
import com.microsoft.playwright.Browser;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ColorScheme;
import com.microsoft.playwright.options.ReducedMotion;
import io.chatcluster.e2e.harness.Chromium;
import io.chatcluster.e2e.harness.OnTheSharedChat;
import io.chatcluster.e2e.harness.Person;
import io.chatcluster.e2e.harness.SampleChat;
import java.util.List;
import java.util.regex.Pattern;
import org.assertj.core.api.SoftAssertions;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

@OnTheSharedChat
class WebAppAccessibilityIT {
    @RegisterExtension
    static final Chromium CHROMIUM = new Chromium();

    private static final List<String> WCAG_2_2_AA = List.of("wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa");

    private final SampleChat chat = new SampleChat();

    @ParameterizedTest
    @EnumSource(
            value = ColorScheme.class,
            names = {"LIGHT", "DARK"})
    void shouldMeetWcagOnEachScreen(ColorScheme colors) {
        SoftAssertions softly = new SoftAssertions();
        // Given
        Page page = CHROMIUM.window(new Browser.NewContextOptions()
                .setViewportSize(1180, 760)
                .setColorScheme(colors)
                .setReducedMotion(ReducedMotion.REDUCE));
        page.navigate(chat.address().toString());

        // Then
        assertThat(page.locator("#login")).isVisible();
        check(page, "sign-in", softly);
        Chromium.picture(page, "sign-in-" + colors.name().toLowerCase(java.util.Locale.ROOT));
        Person alice = chat.person(page, "alice");
        check(page, "no chats", softly);
        page.click("#new-chat");
        assertThat(page.locator("#new-direct")).isVisible();
        page.fill("#new-direct-person", chat.user("bob"));
        check(page, "new chat", softly);
        page.locator(".tab input[value=group]").check();
        check(page, "new group", softly);
        page.keyboard().press("Escape");
        alice.opensGroup("Team", List.of());
        alice.says("Hello, see https://example.com");
        alice.seesMark("Hello", "Sent");
        alice.messages("Hello").locator(".bubble").hover();
        check(page, "chat", softly);
        alice.does("React", "Hello");
        check(page, "emoji", softly);
        page.keyboard().press("Escape");
        alice.does("Reply", "Hello");
        check(page, "reply", softly);
        page.keyboard().press("Escape");
        page.fill("#search", "bo");
        assertThat(page.locator(".people-found")).isVisible();
        check(page, "search", softly);
        page.fill("#search", "");
        page.context().setOffline(true);
        alice.seesState(Pattern.compile("You are offline"));
        alice.says("Anybody?");
        alice.seesMark("Anybody?", "Waiting to be sent");
        check(page, "no connection", softly);
        page.context().setOffline(false);
        alice.seesMark("Anybody?", "Sent");
        check(page, "connected again", softly);
        page.click("#details-button");
        assertThat(page.locator("#details")).isVisible();
        check(page, "details", softly);
        page.keyboard().press("Escape");
        page.click("#profile-button");
        assertThat(page.locator("#profile")).isVisible();
        check(page, "profile", softly);
        page.keyboard().press("Escape");
        page.setViewportSize(390, 780);
        check(page, "chat on a phone", softly);
        page.click("#back");
        check(page, "list on a phone", softly);
        softly.assertAll();
    }

    private static void check(Page page, String screen, SoftAssertions softly) {
        softly.assertThat(new AxeBuilder(page).withTags(WCAG_2_2_AA).analyze().getViolations())
                .as(screen)
                .allSatisfy(rule -> softly.fail(screen + ": " + rule.getId() + " " + rule.getNodes()));
    }
}
