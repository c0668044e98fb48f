package io.chatcluster.e2e;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import com.microsoft.playwright.Keyboard;
import com.microsoft.playwright.Page;
import io.chatcluster.e2e.harness.Chromium;
import io.chatcluster.e2e.harness.OnTheSampleChat;
import io.chatcluster.e2e.harness.Person;
import io.chatcluster.e2e.harness.SampleChat;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** From signing in to signing out without a pointer. */
@OnTheSampleChat
class WebAppKeyboardIT {
    @RegisterExtension
    static final Chromium CHROMIUM = new Chromium();

    private static final int STEPS_MAX = 40;

    private final SampleChat chat = new SampleChat();

    @Test
    void shouldDoEverythingByTheKeyboard() {
        // Given
        Person bob = chat.person(CHROMIUM.window(), "bob");
        Page page = CHROMIUM.window();
        Keyboard keys = page.keyboard();
        page.navigate(chat.address().toString());
        assertThat(page.locator("#name")).isFocused();
        keys.type(chat.user("alice"));
        tabTo(page, "#login button");
        keys.press("Enter");
        assertThat(page.locator("#me")).hasText(chat.user("alice"));
        Person alice = new Person(chat.user("alice"), page);

        // When
        tabTo(page, "#new-chat");
        keys.press("Enter");
        assertThat(page.locator("#new-direct-person")).isFocused();
        keys.type(bob.name());
        keys.press("Enter");
        assertThat(page.locator("#text")).isFocused();
        keys.type("by hand");
        keys.press("Enter");
        alice.seesMark("by hand", "Sent");

        // Then
        bob.opensChat(alice.name());
        bob.sees("by hand");
        reactsToTheLastMessage(page);
        assertThat(page.locator("#messages .reaction")).isVisible();
        alice.seesMark("by hand", "Read");
        assertThat(bob.messages("by hand").locator(".reaction")).isVisible();
        takesTheLastMessageBack(page);
        assertThat(bob.page().locator("#messages .deleted")).isVisible();
        leaves(page);
        Assertions.assertThat(CHROMIUM.problems()).isEmpty();
    }

    private static void reactsToTheLastMessage(Page page) {
        page.locator("#text").focus();
        tabBackTo(page, "#messages");
        page.keyboard().press("ArrowUp");
        page.keyboard().press("+");
        assertThat(page.locator(".emoji-panel")).isVisible();
        page.keyboard().press("ArrowRight");
        page.keyboard().press("Enter");
        assertThat(page.locator(".emoji-panel")).hasCount(0);
    }

    private static void takesTheLastMessageBack(Page page) {
        page.locator("#messages").focus();
        page.keyboard().press("ArrowUp");
        page.keyboard().press("Enter");
        assertThat(page.locator(".actions button").first()).isFocused();
        page.keyboard().press("Escape");
        page.keyboard().press("Delete");
        assertThat(page.locator("#confirm")).isVisible();
        tabTo(page, "#confirm .danger");
        page.keyboard().press("Enter");
        assertThat(page.locator("#confirm")).hasCount(0);
    }

    private static void leaves(Page page) {
        page.keyboard().press("Control+k");
        assertThat(page.locator("#search")).isFocused();
        tabBackTo(page, "#profile-button");
        page.keyboard().press("Enter");
        assertThat(page.locator("#display-name")).isFocused();
        tabTo(page, "#logout");
        page.keyboard().press("Enter");
        assertThat(page.locator("#login")).isVisible();
    }

    private static void tabTo(Page page, String element) {
        press(page, "Tab", element);
    }

    private static void tabBackTo(Page page, String element) {
        press(page, "Shift+Tab", element);
    }

    private static void press(Page page, String key, String element) {
        for (int step = 0; step < STEPS_MAX; step++) {
            page.keyboard().press(key);
            if ((Boolean) page.evaluate("element => document.activeElement.matches(element)", element)) {
                return;
            }
        }
        throw new AssertionError(key + " does not lead to " + element);
    }
}
