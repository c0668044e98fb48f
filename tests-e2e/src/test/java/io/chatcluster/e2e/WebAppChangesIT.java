package io.chatcluster.e2e;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.assertions.LocatorAssertions.IsInViewportOptions;
import com.microsoft.playwright.options.AriaRole;
import io.chatcluster.e2e.harness.Chromium;
import io.chatcluster.e2e.harness.OnTheSampleChat;
import io.chatcluster.e2e.harness.Person;
import io.chatcluster.e2e.harness.SampleChat;
import io.chatcluster.e2e.harness.TestChat;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Date;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.regex.Pattern;
import org.assertj.core.api.Assertions;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

@OnTheSampleChat
class WebAppChangesIT {
    @RegisterExtension
    static final Chromium CHROMIUM = new Chromium();

    private static final String UNTIL_MIDNIGHT = """
            () => {
              const now = new Date();
              const left = new Date(now.getFullYear(), now.getMonth(), now.getDate() + 1) - now;
              return left + 1000;
            }
            """;
    private static final int MESSAGES_BEYOND_THE_WINDOW = 30;

    private final SampleChat chat = new SampleChat();
    private Person alice;
    private Person bob;

    @BeforeEach
    void openChat() {
        alice = chat.person(CHROMIUM.window(), "alice");
        bob = chat.person(CHROMIUM.window(), "bob");
        alice.opensDirectChatWith(bob);
        alice.says("the first draft");
        bob.opensChat(alice.name());
        bob.sees("the first draft");
    }

    @Test
    void shouldShowAnEditToBothAndAfterAReload() {
        // When
        alice.does("Edit", "the first draft");
        assertThat(alice.page().locator("#text")).hasValue("the first draft");
        alice.says("the final text");

        // Then
        bob.sees("the final text");
        assertThat(bob.messages("the final text").locator(".edited")).hasText("edited");
        assertThat(alice.page().locator("#text")).hasValue("");
        bob.page().reload();
        bob.opensChat(alice.name());
        bob.sees("the final text");
    }

    @Test
    void shouldTakeAMessageBack() {
        // When
        alice.does("Delete", "the first draft");
        alice.page().locator("#confirm .danger").click();

        // Then
        assertThat(bob.page().locator("#messages .deleted")).hasText("This message was deleted");
        assertThat(bob.page().locator("#messages")).not().containsText("the first draft");
    }

    @Test
    void shouldCopyTheTextOfAMessage() {
        // Given
        bob.page().context().grantPermissions(List.of("clipboard-read", "clipboard-write"));

        // When
        bob.does("Copy text", "the first draft");

        // Then
        assertThat(bob.page().locator("#notice")).hasText("Copied");
        Assertions.assertThat(bob.page().evaluate("navigator.clipboard.readText()"))
                .isEqualTo("the first draft");
    }

    @Test
    void shouldPutAReactionAndTakeItBack() {
        // When
        bob.does("React 👍", "the first draft");

        // Then
        var reaction = alice.messages("the first draft").locator(".reaction");
        assertThat(reaction).hasText("👍1");
        reaction.click();
        assertThat(bob.messages("the first draft").locator(".reaction")).hasText("👍2");
        bob.messages("the first draft").locator(".reaction").click();
        assertThat(reaction).hasText("👍1");
        assertThat(reaction).hasAttribute("aria-pressed", "true");
        Assertions.assertThat(CHROMIUM.problems()).isEmpty();
    }

    @Test
    void shouldOpenARoomThatChangesWhileItIsPressed() {
        // Given
        AtomicBoolean heard = new AtomicBoolean();
        bob.page()
                .onWebSocket(socket -> socket.onFrameReceived(
                        frame -> heard.compareAndSet(false, frame.text().contains("meanwhile"))));
        bob.page().reload();
        bob.isSettled();
        bob.opensDirectChat(chat.user("carol"), chat.user("carol"));
        // The new room comes before the other, which moves down.
        assertThat(bob.page().locator("#rooms button.room").first()).containsText(chat.user("carol"));
        bob.page()
                .locator("#rooms button.room")
                .filter(new Locator.FilterOptions().setHasText(alice.name()))
                .hover();

        // When
        bob.page().mouse().down();
        alice.says("meanwhile");
        bob.page().waitForCondition(heard::get);
        bob.page()
                .evaluate(
                        "() => new Promise(shown => requestAnimationFrame(() => requestAnimationFrame(() => shown())))");
        bob.page().mouse().up();

        // Then
        assertThat(bob.page().locator("#title")).hasText(alice.name());
        bob.sees("meanwhile");
    }

    @Test
    void shouldKeepTheButtonsOfAMessageThatChangesMeanwhile() {
        // Given
        Person carol = chat.person(
                CHROMIUM.window(new Browser.NewContextOptions()
                        .setViewportSize(390, 780)
                        .setHasTouch(true)
                        .setIsMobile(true)),
                "carol");
        carol.opensDirectChatWith(alice);
        alice.opensChat(carol.name());
        alice.says("for carol");
        carol.messages("for carol").locator(".bubble").tap();
        assertThat(carol.page().locator(".actions")).isVisible();

        // When
        alice.does("React 👍", "for carol");

        // Then
        assertThat(carol.messages("for carol").locator(".reaction")).hasText("👍1");
        assertThat(carol.messages("for carol").locator(".actions")).isVisible();
        carol.messages("for carol").locator(".bubble").tap();
        assertThat(carol.page().locator(".actions")).hasCount(0);
    }

    @Test
    void shouldOpenAChatThatIsOnTheDeviceAtItsEnd() {
        // Given
        for (int n = 1; n <= MESSAGES_BEYOND_THE_WINDOW; n++) {
            alice.says("line " + n + ".");
        }
        String last = "line " + MESSAGES_BEYOND_THE_WINDOW + ".";
        alice.seesMark(last, "Read");
        bob.page().navigate(chat.address().toString());
        bob.isSettled();

        // When
        bob.opensChat(alice.name());

        // Then
        assertThat(bob.messages(last)).isInViewport(new IsInViewportOptions().setRatio(1));
        assertThat(bob.page().locator("#to-latest")).isHidden();
    }

    @Test
    void shouldShowWhoIsThereAndWhoIsTyping() {
        // Then
        assertThat(alice.page().locator("#room-status")).hasText("Online");
        assertThat(alice.page()
                        .locator("#rooms")
                        .getByRole(AriaRole.IMG, new Locator.GetByRoleOptions().setName("Online")))
                .isVisible();

        // When
        alice.listensTo("#room-status");
        typeUntil(bob.name() + " is typing…", bob);

        // Then
        bob.says("Hm, fine");
        assertThat(alice.page().locator("#room-status")).hasText("Online");
    }

    @Test
    void shouldNameTwoWhoAreTypingAndCountMore() {
        // Given
        Person carol = chat.person(CHROMIUM.window(), "carol");
        Person dave = chat.person(CHROMIUM.window(), "dave");
        alice.opensGroup("Crew", List.of(bob, carol, dave));
        List.of(bob, carol, dave).forEach(person -> person.opensChat("Crew"));
        alice.listensTo("#room-status");

        // When
        typeUntil(bob.name() + " is typing…", bob);
        typeUntil(bob.name() + " and " + carol.name() + " are typing…", bob, carol);

        // Then
        typeUntil("3 people are typing…", bob, carol, dave);
    }

    /** Typing is shown for a few seconds only, and told of now and then: a busy machine needs more than one word. */
    private void typeUntil(String heard, Person... people) {
        Awaitility.await().pollInSameThread().atMost(TestChat.READY).until(() -> {
            for (Person person : people) {
                person.page().locator("#text").pressSequentially("Hm");
            }
            return alice.hasHeard(heard);
        });
    }

    @Test
    void shouldPutEachMessageUnderTheDayOnWhichItWasWritten() {
        // Given
        Page window = CHROMIUM.window();
        window.clock().install();
        Person carol = chat.person(window, "carol");
        carol.opensDirectChatWith(bob);
        carol.says("on the first day");
        carol.isStored("on the first day");
        window.context().setOffline(true);
        carol.seesState(Pattern.compile("You are offline"));

        // When
        Instant first =
                Instant.parse(carol.messages("on the first day").locator("time").getAttribute("datetime"));
        for (int days = 1; days <= 2; days++) {
            window.clock().setFixedTime(Date.from(first.plus(days, ChronoUnit.DAYS)));
            carol.says("days later: " + days);
        }

        // Then
        Locator days = window.locator("#messages .day");
        assertThat(days).hasText(new Pattern[] {
            Pattern.compile("^\\w+day, \\w+ \\d+$"), Pattern.compile("^Yesterday$"), Pattern.compile("^Today$")
        });
        assertThat(days.last().locator("xpath=following-sibling::li")).containsText("days later: 2");
    }

    @Test
    void shouldSayTimesAnewWhenAnotherDayBegins() {
        // Given
        Page window = CHROMIUM.window();
        window.clock().install();
        Person carol = chat.person(window, "carol");
        carol.opensDirectChatWith(bob);
        carol.says("of yesterday");
        carol.isStored("of yesterday");
        Locator said = window.locator("#rooms time");
        assertThat(said).hasText(Pattern.compile("\\d:\\d\\d"));
        assertThat(window.locator("#messages .day")).hasText("Today");

        // When
        window.clock().fastForward(((Number) window.evaluate(UNTIL_MIDNIGHT)).longValue());

        // Then
        assertThat(said).hasText("Yesterday");
        assertThat(window.locator("#messages .day")).hasText("Yesterday");
    }

    @Test
    void shouldShowTheNameThatSomebodyChose() {
        // When
        bob.isCalled("Bob Builder");

        // Then
        alice.page().reload();
        assertThat(alice.page().locator("#rooms .room-title")).hasText("Bob Builder");
    }
}
