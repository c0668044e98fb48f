package io.chatcluster.e2e.harness;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Route;
import com.microsoft.playwright.TimeoutError;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.FilePayload;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.regex.Pattern;

/** Somebody who uses the web app in a window of their own, by what they see. */
public record Person(String name, Page page) {
    /** Where files go that are not part of a message yet. */
    public static final String UPLOADS = "**/pending/**";

    private static final Duration POINTED_AT = Duration.ofMinutes(2);
    private static final int PRESSED_WITHIN_MILLIS = 5_000;
    private static final Pattern ANY = Pattern.compile(".+");
    private static final Pattern CONNECTED = Pattern.compile("^Connected( again\\.)?(Try now)?$");
    private static final String HEARD = "words => window.heard.some(said => said.includes(words))";

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

    /** Opens the page, which may be by invitation, and signs in by name, as on the sample chat. */
    public static Person signedIn(Page page, URI address, String name) {
        return signedIn(page, address, name, login -> login.fill("#name", name));
    }

    /** Opens the page and signs in by token, as where nothing else is configured. */
    public static Person signedIn(Page page, URI address, String name, String token) {
        return signedIn(page, address, name, login -> login.fill("#token", token));
    }

    private static Person signedIn(Page page, URI address, String name, Consumer<Page> identify) {
        page.navigate(address.toString());
        identify.accept(page);
        page.click("#login button");
        assertThat(page.locator("#me")).hasText(name);
        return new Person(name, page);
    }

    public void opensDirectChatWith(Person other) {
        opensDirectChat(other.name, other.name);
    }

    public void opensDirectChat(String user, String title) {
        page.click("#new-chat");
        page.fill("#new-direct-person", user);
        page.press("#new-direct-person", "Enter");
        assertThat(page.locator("#title")).hasText(title);
    }

    public void opensGroup(String group, List<Person> others) {
        page.click("#new-chat");
        page.locator(".tab input[value=group]").check();
        page.fill("#new-group input[name=name]", group);
        for (int chosen = 0; chosen < others.size(); chosen++) {
            page.fill("#new-group-members", others.get(chosen).name());
            page.press("#new-group-members", "Enter");
            assertThat(page.locator("#new-group .chosen .chip")).hasCount(chosen + 1);
        }
        page.click("#new-group button.primary");
        assertThat(page.locator("#title")).hasText(group);
    }

    public void opensChat(String title) {
        // Not what is said below the title, which may begin with somebody's name.
        Locator titles = page.locator(".room-title").filter(new Locator.FilterOptions().setHasText(title));
        page.locator("#rooms button.room")
                .filter(new Locator.FilterOptions().setHas(titles))
                .first()
                .click();
        assertThat(page.locator("#title")).hasText(title);
    }

    public void says(String text) {
        page.fill("#text", text);
        page.press("#text", "Enter");
    }

    /** Says something, and goes back to change it. */
    public void saysAndEdits(String text) {
        says(text);
        isStored(text);
        page.press("#text", "ArrowUp");
    }

    /** Adds files to what is being written. */
    public void attaches(FilePayload... files) {
        page.setInputFiles("#compose input[type=file]", files);
    }

    /** Their next upload fails for good, where one that is interrupted goes on by itself. */
    public void isRefusedTheNextUpload() {
        var refusal = new Route.FulfillOptions().setStatus(403).setHeaders(Map.of("access-control-allow-origin", "*"));
        page.route(UPLOADS, upload -> upload.fulfill(refusal), new Page.RouteOptions().setTimes(1));
    }

    /** It is among what the window shows, which of a long chat is a part. */
    public void sees(String text) {
        assertThat(messages(text)).hasCount(1);
    }

    /** Chooses the name that others see. */
    public void isCalled(String displayName) {
        page.click("#profile-button");
        page.fill("#display-name", displayName);
        page.click("#profile .name-form button");
        assertThat(page.locator("#me")).hasText(displayName);
        page.keyboard().press("Escape");
    }

    /** The messages in the window that hold the text; what they quote does not count. */
    public Locator messages(String text) {
        Locator own = page.locator(".text").filter(new Locator.FilterOptions().setHasText(text));
        return page.locator("#messages li.message").filter(new Locator.FilterOptions().setHas(own));
    }

    /** Points at a message and presses one of its buttons. */
    public void does(String action, String message) {
        isStored(message);
        Locator button = messages(message)
                .getByRole(
                        AriaRole.BUTTON,
                        new Locator.GetByRoleOptions().setName(action).setExact(true));
        // What arrives meanwhile may push the message away from under the pointer.
        await().pollInSameThread().atMost(POINTED_AT).until(() -> {
            // The buttons of the message that it happened to point at may lie over this one.
            page.mouse().move(0, 0);
            messages(message).locator(".bubble").hover();
            return button.isVisible() && isPressed(button);
        });
    }

    private static boolean isPressed(Locator button) {
        try {
            button.click(new Locator.ClickOptions().setTimeout(PRESSED_WITHIN_MILLIS));
            return true;
        } catch (TimeoutError gone) {
            return false;
        }
    }

    /** The service has it, before which nobody can answer, change or take it back. */
    public void isStored(String message) {
        assertThat(messages(message)).hasAttribute("data-seq", ANY);
    }

    /** How the message is marked, such as Sent or Read. */
    public void seesMark(String message, String mark) {
        assertThat(messages(message).locator(".mark")).hasText(mark);
    }

    public void seesState(Pattern words) {
        assertThat(page.locator("#state")).hasText(words);
    }

    /** Writes down from now on what an element says, also what it says for a moment only. */
    public void listensTo(String element) {
        page.evaluate("""
                element => {
                  const place = document.querySelector(element);
                  window.heard = [];
                  new MutationObserver(() => window.heard.push(place.textContent)).observe(place, { childList: true, characterData: true, subtree: true });
                }
                """, element);
    }

    /** The element that is listened to says so, or did. */
    public void hears(String words) {
        page.waitForFunction(HEARD, words);
    }

    /** The element that is listened to has said so by now. */
    public boolean hasHeard(String words) {
        return (Boolean) page.evaluate(HEARD, words);
    }

    /** Whether the page asks before it goes away, as it does where something would be lost. */
    public boolean isAskedBeforeLeaving() {
        return (Boolean) page.evaluate("() => !dispatchEvent(new Event('beforeunload', { cancelable: true }))");
    }

    /** The page says that it is connected, and that nothing waits on the device any more. */
    public void isSettled() {
        seesState(CONNECTED);
        assertThat(page.locator("#messages .message.queued, #messages .message.sending, #messages .message.failed"))
                .hasCount(0);
    }

    /** The text of every message that the page shows from the beginning to the end, in its order. */
    public List<String> wholeChat() {
        return ((List<?>) page.evaluate(ALL_MESSAGES))
                .stream().map(String::valueOf).toList();
    }
}
