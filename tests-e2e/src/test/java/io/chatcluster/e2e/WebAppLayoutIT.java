package io.chatcluster.e2e;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.PlaywrightException;
import com.microsoft.playwright.options.ColorScheme;
import io.chatcluster.e2e.harness.Chromium;
import io.chatcluster.e2e.harness.OnTheSampleChat;
import io.chatcluster.e2e.harness.Person;
import io.chatcluster.e2e.harness.SampleChat;
import io.chatcluster.e2e.harness.TestChat;
import java.util.List;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Everything is within the window, from a small phone to a wide screen, in either direction of writing. */
@OnTheSampleChat
class WebAppLayoutIT {
    @RegisterExtension
    static final Chromium CHROMIUM = new Chromium();

    private static final String LONG = "A-very-long-word-".repeat(12);
    private static final int LINES_BEYOND_A_PHONE = 20;
    private static final int KEYBOARD_TOP = 420;
    /** As iOS tells of a keyboard. */
    private static final String COVERED = """
            height => {
              Object.defineProperty(visualViewport, 'height', { get: () => height });
              visualViewport.dispatchEvent(new Event('resize'));
            }
            """;

    private static final String HEBREW = "שלום לכולם, ניפגש מחר בבוקר";

    private final SampleChat chat = new SampleChat();

    @ParameterizedTest
    @CsvSource({
        "320, 568, ltr, LIGHT, en-US",
        "390, 780, ltr, DARK, ko-KR",
        "390, 780, rtl, LIGHT, en-US",
        "820, 1100, ltr, LIGHT, ko-KR",
        "1180, 760, rtl, DARK, en-US",
        "1920, 1000, ltr, LIGHT, en-US"
    })
    void shouldFit(int width, int height, String direction, ColorScheme colors, String locale) {
        // Given
        boolean phone = width < 500;
        Page page = CHROMIUM.window(new Browser.NewContextOptions()
                .setViewportSize(width, height)
                .setColorScheme(colors)
                .setLocale(locale)
                .setHasTouch(phone)
                .setIsMobile(phone));
        Person bob = chat.person(page, "bob");
        page.evaluate("direction => { document.documentElement.dir = direction; }", direction);
        Person alice = chat.person(CHROMIUM.window(), "alice");
        alice.opensGroup("Everybody who comes along tomorrow", List.of(bob));
        alice.says(HEBREW);
        alice.says(LONG);
        alice.says("ok");
        bob.opensChat("Everybody who comes along tomorrow");
        bob.sees("ok");

        // When
        page.fill("#text", "fine");
        page.click("#send");

        // Then
        bob.isStored("fine");
        String name = "layout-" + width + "-" + direction;
        for (String text : List.of("ok", "fine", LONG.substring(0, 30))) {
            Locator bubble = bob.messages(text).locator(".bubble");
            if (phone) {
                touch(bubble);
            } else {
                bubble.hover();
            }
            awaitWithin(page, ".actions", width, height);
        }
        Chromium.picture(page, name);
        Assertions.assertThat(
                        bob.messages(HEBREW).locator(".said").evaluate("said => getComputedStyle(said).direction"))
                .isEqualTo("rtl");
        for (String named : List.of("#title", "#rooms .preview")) {
            Assertions.assertThat(page.locator(named).evaluate("named => getComputedStyle(named).textAlign"))
                    .as(named)
                    .isEqualTo(direction.equals("rtl") ? "right" : "left");
        }
        assertNothingSticksOut(page);
        openAndCheck(page, "#details-button", name + "-details");
        if (phone) {
            page.click("#back");
        }
        openAndCheck(page, "#new-chat", name + "-new-chat");
        openAndCheck(page, "#profile-button", name + "-profile");
        Assertions.assertThat(CHROMIUM.problems()).isEmpty();
    }

    @Test
    void shouldFitNamesOfOneLongWordOnASmallPhone() {
        // Given
        Page page = CHROMIUM.window(phone(320, 568));
        Person bob = chat.person(page, "bob");
        Person alice = chat.person(CHROMIUM.window(), "alice");
        alice.isCalled(LONG.substring(0, 100));
        alice.opensGroup(LONG.substring(0, 190), List.of(bob));
        alice.says("https://example.com/" + LONG);

        // When
        bob.opensChat(LONG.substring(0, 190));

        // Then
        bob.sees("example.com");
        assertNothingSticksOut(page);
        Assertions.assertThat(page.locator("#messages").evaluate("list => list.scrollWidth - list.clientWidth"))
                .isEqualTo(0);
        openAndCheck(page, "#details-button", "layout-long-names");
    }

    @Test
    void shouldLeaveRoomForAKeyboardThatLiesOverThePage() {
        // Given
        Page page = CHROMIUM.window(phone(390, 780));
        Person bob = chat.person(page, "bob");
        bob.opensDirectChat(chat.user("alice"), chat.user("alice"));
        for (int n = 1; n <= LINES_BEYOND_A_PHONE; n++) {
            page.fill("#text", "line " + n + ".");
            page.click("#send");
        }
        String last = "line " + LINES_BEYOND_A_PHONE + ".";
        bob.isStored(last);

        // When
        page.evaluate(COVERED, KEYBOARD_TOP);

        // Then
        awaitWithin(page, "#compose", 390, KEYBOARD_TOP);
        awaitWithin(page, "#messages li.message:last-child .bubble", 390, KEYBOARD_TOP);
        assertThat(bob.messages(last)).isVisible();
        page.click("#back");
        page.click("#new-chat");
        awaitWithin(page, "#new-chat-dialog", 390, KEYBOARD_TOP);
    }

    private static Browser.NewContextOptions phone(int width, int height) {
        return new Browser.NewContextOptions()
                .setViewportSize(width, height)
                .setHasTouch(true)
                .setIsMobile(true);
    }

    /** Again where the list has just drawn the message anew or scrolls: a forced touch does not wait for that. */
    private static void touch(Locator bubble) {
        await().atMost(TestChat.READY)
                .pollInSameThread()
                .ignoreExceptionsInstanceOf(PlaywrightException.class)
                .untilAsserted(() -> bubble.tap(new Locator.TapOptions().setForce(true)));
    }

    private static void openAndCheck(Page page, String button, String name) {
        page.click(button);
        assertThat(page.locator("dialog[open]")).isVisible();
        Chromium.picture(page, name);
        assertNothingSticksOut(page);
        page.keyboard().press("Escape");
        assertThat(page.locator("dialog[open]")).hasCount(0);
    }

    /** Once the list has scrolled to the message, and what lies over it has followed. */
    private static void awaitWithin(Page page, String element, int width, int height) {
        assertThat(page.locator(element)).isVisible();
        page.waitForFunction("""
                        ([element, width, height]) => {
                          const box = document.querySelector(element)?.getBoundingClientRect();
                          return box && box.left >= 0 && box.top >= 0 && box.right <= width && box.bottom <= height;
                        }
                        """, List.of(element, width, height));
    }

    private static void assertNothingSticksOut(Page page) {
        Assertions.assertThat(page.evaluate("""
                        () => [...document.querySelectorAll('button, input, textarea, select, .bubble, h2, h3')]
                          .filter(element => element.checkVisibility({ visibilityProperty: true }))
                          .map(element => ({ element, box: element.getBoundingClientRect() }))
                          .filter(({ box }) => box.width > 1 && (box.left < -1 || box.right > innerWidth + 1))
                          .map(({ element }) => element.outerHTML.slice(0, 120))
                        """)).isEqualTo(List.of());
        Assertions.assertThat(page.evaluate("document.documentElement.scrollWidth <= innerWidth"))
                .isEqualTo(true);
    }
}
