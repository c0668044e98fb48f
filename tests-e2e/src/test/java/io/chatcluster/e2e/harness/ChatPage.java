package io.chatcluster.e2e.harness;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.assertions.LocatorAssertions;
import com.microsoft.playwright.options.AriaRole;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** Somebody who uses the web page in a window of their own, by what they see. */
public record ChatPage(String user, Page page, List<String> problems) {
    /** Pods are reached by address over plain HTTP here, where a browser does without this header and complains. */
    private static final String ON_PLAIN_HTTP = "The Cross-Origin-Opener-Policy header has been ignored";

    /** How long a page may take to be right again after the worst. */
    private static final Duration RECOVERY = Duration.ofMinutes(2);

    private static final String ALL_MESSAGES = """
            async () => {
              const list = document.getElementById('messages');
              const texts = new Map();
              const frame = () => new Promise(resolve => requestAnimationFrame(() => setTimeout(resolve, 30)));
              while (!list.querySelector('.beginning')) { list.scrollTop = 0; await frame(); }
              for (let top = 0, last = false; !last; top += list.clientHeight / 2) {
                last = top > list.scrollHeight;
                list.scrollTop = top;
                await frame();
                for (const row of list.querySelectorAll('li.message')) {
                  const text = row.querySelector('.text').textContent;
                  const key = row.dataset.seq ?? 'unsent ' + row.dataset.key;
                  if (texts.has(key) && texts.get(key) !== text) throw new Error('two messages are ' + key);
                  texts.set(key, text);
                }
              }
              return [...texts].sort(([one], [other]) => Number(one) - Number(other)).map(([, text]) => text);
            }
            """;

    /** Opens the page and signs in by token. */
    public static ChatPage signedIn(Browser browser, TestChat chat, URI address, String user) {
        return signedIn(browser.window(), address, user, login -> login.fill("#token", chat.token(user)));
    }

    /** Opens the page, which may be by invitation, and signs in by name. */
    public static ChatPage signedInByName(Page page, URI address, String user) {
        return signedIn(page, address, user, login -> login.fill("#name", user));
    }

    private static ChatPage signedIn(Page page, URI address, String user, Consumer<Page> identify) {
        List<String> problems = new ArrayList<>();
        page.onPageError(problems::add);
        page.onConsoleMessage(message -> {
            if (message.text().contains("Content Security Policy")
                    || message.type().equals("error") && !expected(message.text())) {
                problems.add(message.text());
            }
        });
        page.navigate(address.toString());
        page.waitForSelector("#login");
        identify.accept(page);
        page.click("#login button");
        assertThat(page.locator("#me")).hasText(user);
        return new ChatPage(user, page, problems);
    }

    /** A browser itself tells its console of every connection that fails, which is what some tests are about. */
    private static boolean expected(String text) {
        return text.startsWith(ON_PLAIN_HTTP)
                || text.startsWith("WebSocket connection to")
                || text.startsWith("Failed to load resource: net::ERR_")
                || text.startsWith("Failed to load resource: the server responded with a status of 503");
    }

    public void opensChatWith(ChatPage other) {
        page.click("#new-chat");
        page.fill("#new-direct-person", other.user);
        page.press("#new-direct-person", "Enter");
        assertThat(page.locator("#title")).hasText(other.user);
    }

    public void opensGroupWith(String group, List<ChatPage> others) {
        page.click("#new-chat");
        page.locator(".tab input[value=group]").check();
        page.fill("#new-group input[name=name]", group);
        for (int chosen = 0; chosen < others.size(); chosen++) {
            page.fill("#new-group-members", others.get(chosen).user);
            page.press("#new-group-members", "Enter");
            assertThat(page.locator("#new-group .chosen .chip")).hasCount(chosen + 1);
        }
        page.click("#new-group button.primary");
        assertThat(page.locator("#title")).hasText(group);
    }

    /** The message with this text; what it quotes does not count. */
    public Locator message(String text) {
        Locator own = page.locator(".text").filter(new Locator.FilterOptions().setHasText(text));
        return page.locator("#messages li.message").filter(new Locator.FilterOptions().setHas(own));
    }

    /** Points at a message and presses one of its buttons. */
    public void does(String action, String text) {
        message(text).locator(".bubble").hover();
        message(text)
                .getByRole(
                        AriaRole.BUTTON,
                        new Locator.GetByRoleOptions().setName(action).setExact(true))
                .click();
    }

    /** Opens the only chat there is. */
    public void opensTheChat() {
        page.locator("#rooms button.room").first().click();
        assertThat(page.locator("#compose")).isVisible();
    }

    public void says(String text) {
        page.fill("#text", text);
        page.press("#text", "Enter");
    }

    /** It is among what the window shows, which of a long chat is a part. */
    public void sees(String text) {
        Locator own = page.locator("#messages .text").filter(new Locator.FilterOptions().setHasText(text));
        assertThat(own).hasCount(1, new LocatorAssertions.HasCountOptions().setTimeout(RECOVERY.toMillis()));
    }

    /** The page says that it is connected, and that nothing waits on the device any more. */
    public void isSettled() {
        assertThat(page.locator("#state"))
                .hasText(
                        java.util.regex.Pattern.compile("^Connected( again\\.)?(Try now)?$"),
                        new LocatorAssertions.HasTextOptions().setTimeout(RECOVERY.toMillis()));
        assertThat(page.locator("#messages .message.queued, #messages .message.sending, #messages .message.failed"))
                .hasCount(0, new LocatorAssertions.HasCountOptions().setTimeout(RECOVERY.toMillis()));
    }

    /** Every message that the page shows from the beginning to the end, in its order. */
    public List<String> messages() {
        return ((List<?>) page.evaluate(ALL_MESSAGES))
                .stream().map(String::valueOf).toList();
    }
}
