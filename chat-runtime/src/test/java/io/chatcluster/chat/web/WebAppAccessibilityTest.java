package io.chatcluster.chat.web;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import com.deque.html.axecore.playwright.AxeBuilder;
import com.microsoft.playwright.Browser;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ColorScheme;
import com.microsoft.playwright.options.ReducedMotion;
import io.chatcluster.chat.session.GeneratedKeys;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import java.net.URI;
import java.util.List;
import java.util.UUID;
import org.assertj.core.api.SoftAssertions;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

@QuarkusTest
@QuarkusTestResource(GeneratedKeys.class)
class WebAppAccessibilityTest {
    private static final List<String> WCAG_2_2_AA = List.of("wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa");

    @TestHTTPResource("/")
    URI service = URI.create("unset");

    private final String run = UUID.randomUUID().toString().substring(0, 4);

    @ParameterizedTest
    @EnumSource(
            value = ColorScheme.class,
            names = {"LIGHT", "DARK"})
    void shouldMeetWcagOnEachScreen(ColorScheme colors) {
        SoftAssertions softly = new SoftAssertions();
        try (Chromium chromium = new Chromium()) {
            // Given
            Page page = chromium.window(new Browser.NewContextOptions()
                    .setViewportSize(1180, 760)
                    .setColorScheme(colors)
                    .setReducedMotion(ReducedMotion.REDUCE));
            page.navigate(service.toString());

            // Then
            assertThat(page.locator("#login")).isVisible();
            check(page, "sign-in", softly);
            Chromium.picture(page, "sign-in-" + colors.name().toLowerCase(java.util.Locale.ROOT));
            Person alice = Person.signedIn(page, service, "alice-" + run);
            check(page, "no chats", softly);
            page.click("#new-chat");
            assertThat(page.locator("#new-direct")).isVisible();
            check(page, "new chat", softly);
            page.keyboard().press("Escape");
            alice.opensGroup("Team", List.of());
            alice.says("Hello, see https://example.com");
            alice.seesMark("Hello", "Sent");
            alice.messages("Hello").locator(".bubble").hover();
            check(page, "chat", softly);
            page.click("#details-button");
            assertThat(page.locator("#details")).isVisible();
            check(page, "details", softly);
            page.keyboard().press("Escape");
            page.click("#profile-button");
            assertThat(page.locator("#profile")).isVisible();
            check(page, "profile", softly);
        }
        softly.assertAll();
    }

    private static void check(Page page, String screen, SoftAssertions softly) {
        softly.assertThat(new AxeBuilder(page).withTags(WCAG_2_2_AA).analyze().getViolations())
                .as(screen)
                .allSatisfy(rule -> softly.fail(screen + ": " + rule.getId() + " " + rule.getNodes()));
    }
}
