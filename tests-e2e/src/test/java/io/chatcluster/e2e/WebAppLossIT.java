package io.chatcluster.e2e;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.chatcluster.e2e.harness.Chromium;
import io.chatcluster.e2e.harness.Line;
import io.chatcluster.e2e.harness.OnTheSampleChat;
import io.chatcluster.e2e.harness.Person;
import io.chatcluster.e2e.harness.SampleChat;
import io.chatcluster.e2e.harness.TestChat;
import java.net.URI;
import java.util.regex.Pattern;
import org.assertj.core.api.Assertions;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

@OnTheSampleChat
class WebAppLossIT {
    @RegisterExtension
    static final Chromium CHROMIUM = new Chromium();

    private static final Pattern NO_CONNECTION = Pattern.compile("No connection|Connecting");

    private static final int MORE_THAN_A_PAGE = 70;
    private static final String KEEPING_NOTHING = """
            const refuse = () => { throw new DOMException('denied', 'SecurityError'); };
            for (const place of ['localStorage', 'sessionStorage']) Object.defineProperty(window, place, { get: refuse });
            IDBFactory.prototype.open = refuse;
            """;

    private final SampleChat chat = new SampleChat();
    private final Line line = Line.to(chat.address());
    private Person alice;
    private Person bob;

    @BeforeEach
    void openChat() {
        alice = Person.signedIn(CHROMIUM.window(), line.address(), chat.user("alice"));
        bob = chat.person(CHROMIUM.window(), "bob");
        alice.opensDirectChatWith(bob);
    }

    @AfterEach
    void closeLine() {
        line.close();
    }

    @Test
    void shouldLoseAndDoubleNothingWhileThePodGoesAndComesBack() {
        // Given
        alice.says("before");
        bob.opensChat(alice.name());
        bob.sees("before");

        // When
        for (int loss = 1; loss <= 3; loss++) {
            alice.says("just before loss " + loss);
            line.cut();
            alice.seesState(NO_CONNECTION);
            alice.says("during loss " + loss);
            bob.says("missed in loss " + loss);
            alice.page().fill("#text", "half a sentence " + loss);
            line.restore();
            alice.seesState(Pattern.compile("Connected"));
            assertThat(alice.page().locator("#text")).hasValue("half a sentence " + loss);
        }

        // Then
        for (int loss = 1; loss <= 3; loss++) {
            for (String text : new String[] {"just before loss ", "during loss ", "missed in loss "}) {
                alice.sees(text + loss);
                bob.sees(text + loss);
            }
            alice.seesMark("during loss " + loss, "Read");
        }
        Assertions.assertThat(CHROMIUM.problems()).isEmpty();
    }

    @Test
    void shouldSayThatMessagesWaitAndSendThemAfterAReload() {
        // Given
        alice.says("stored before");
        alice.seesMark("stored before", "Sent");
        awaitOfflineCopy(alice);
        awaitKept(alice, "stored before");

        // When
        line.cut();
        alice.seesState(NO_CONNECTION);
        alice.says("written offline");
        alice.seesMark("written offline", "Waiting to be sent");
        alice.seesState(Pattern.compile("1 message waits on this device"));
        awaitKept(alice, "written offline");
        Chromium.picture(alice.page(), "no-connection");
        alice.page().reload();
        Chromium.picture(alice.page(), "reloaded-without-connection");

        // Then
        alice.opensChat(bob.name());
        alice.sees("stored before");
        alice.seesMark("written offline", "Waiting to be sent");
        bob.opensChat(alice.name());
        line.restore();
        bob.sees("written offline");
        alice.sees("written offline");
        alice.seesMark("written offline", "Read");
    }

    @Test
    void shouldSayInOnePlaceThatThereIsNoConnectionAfterAReloadWithMuchUnread() {
        // Given
        Person carol = comesBackToMuchUnread();
        line.cut();

        // When
        carol.page().reload();

        // Then
        carol.seesState(Pattern.compile("No connection"));
        assertThat(carol.page().locator("#title")).hasText(bob.name());
        assertThat(carol.page().locator("#notice")).isHidden();
    }

    @Test
    void shouldShowWhereSomebodyLeftOffAfterTheConnectionCameOnlyWithTheChatOpen() {
        // Given
        Person carol = comesBackToMuchUnread();
        line.cut();
        carol.page().reload();
        carol.seesState(Pattern.compile("No connection"));

        // When
        line.restore();

        // Then
        assertThat(carol.page().locator("#unread-line")).isInViewport();
        carol.sees("unread 1.");
    }

    /** Whose device has the end of what Bob said to them, and whose next page opens with it. */
    private Person comesBackToMuchUnread() {
        bob.opensDirectChat(chat.user("carol"), chat.user("carol"));
        for (int n = 1; n <= MORE_THAN_A_PAGE; n++) {
            bob.says("unread " + n + ".");
        }
        String last = "unread " + MORE_THAN_A_PAGE + ".";
        bob.seesMark(last, "Sent");
        Person carol = Person.signedIn(CHROMIUM.window(), line.address(), chat.user("carol"));
        awaitOfflineCopy(carol);
        awaitKept(carol, last);
        String room = URI.create(bob.page().url()).getRawFragment();
        carol.page().evaluate("room => history.replaceState(null, '', '#' + room)", room);
        return carol;
    }

    @Test
    void shouldTalkAndKeepADraftWhereTheBrowserKeepsNothing() {
        // Given
        var window = CHROMIUM.window();
        window.addInitScript(KEEPING_NOTHING);
        Person carol = chat.person(window, "carol");

        // When
        carol.opensDirectChatWith(bob);
        carol.says("from nowhere");

        // Then
        carol.seesMark("from nowhere", "Sent");
        assertThat(window.locator("#notice")).hasText(Pattern.compile("This device does not keep messages"));
        window.locator("#text").pressSequentially("half a sentence");
        carol.opensDirectChatWith(alice);
        carol.opensChat(bob.name());
        assertThat(window.locator("#text")).hasValue("half a sentence");
        Assertions.assertThat(CHROMIUM.problems()).isEmpty();
    }

    /** The service worker has the app's files, and what the service tells them. */
    private static void awaitOfflineCopy(Person person) {
        awaitTruth(person, """
                        async () => {
                          await navigator.serviceWorker.ready;
                          const kept = await caches.open('app');
                          return (await kept.keys()).length > 3 && await kept.match('/config.json') !== undefined;
                        }
                        """, null);
    }

    /** The device has the message, stored or not. */
    private static void awaitKept(Person person, String message) {
        awaitTruth(person, """
                        message => new Promise(resolve => {
                          const request = indexedDB.open('chatcluster');
                          request.onsuccess = () => {
                            const all = request.result.transaction('values').objectStore('values').getAll();
                            all.onsuccess = () => {
                              request.result.close();
                              resolve(all.result.some(kept => kept.text === message || kept.events?.some(event => event.text === message)));
                            };
                          };
                        })
                        """, message);
    }

    /** Playwright's own wait ends with the first promise, whatever becomes of it. */
    private static void awaitTruth(Person person, String promised, @Nullable Object argument) {
        await().pollInSameThread()
                .atMost(TestChat.READY)
                .until(() -> Boolean.TRUE.equals(person.page().evaluate(promised, argument)));
    }
}
