package io.chatcluster.e2e;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.options.ColorScheme;
import io.chatcluster.e2e.harness.Chromium;
import io.chatcluster.e2e.harness.OnTheSampleChat;
import io.chatcluster.e2e.harness.Person;
import io.chatcluster.e2e.harness.SampleChat;
import java.util.List;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

@OnTheSampleChat
class WebAppIT {
    @RegisterExtension
    static final Chromium CHROMIUM = new Chromium();

    private static final String MARKUP = "<img src=x onerror=alert(1)> & <b>bold</b>";

    private final SampleChat chat = new SampleChat();

    @Test
    void shouldLetTwoPeopleTalkAndTellWhenAMessageIsRead() {
        // Given
        Person alice = person("alice");
        Person bob = person("bob");

        // When
        alice.opensDirectChatWith(bob);
        alice.says("Hello, Bob");
        alice.seesMark("Hello, Bob", "Sent");
        bob.opensChat(alice.name());
        bob.sees("Hello, Bob");
        bob.says(MARKUP);

        // Then
        alice.sees(MARKUP);
        assertThat(alice.page().locator("#messages img")).hasCount(0);
        assertThat(alice.page().locator("#rooms .preview")).hasText(MARKUP);
        alice.seesMark("Hello, Bob", "Read");
        Assertions.assertThat(CHROMIUM.problems()).isEmpty();
    }

    @Test
    void shouldLetAGroupTalkWithRepliesMentionsAndLinks() {
        // Given
        Person alice = person("alice");
        Person bob = person("bob");
        Person carol = person("carol");
        alice.opensGroup("Launch team", List.of(bob, carol));
        alice.says("Welcome everybody! The plan is at https://example.com/plan.");
        bob.opensChat("Launch team");
        bob.sees("Welcome everybody!");

        // When
        bob.does("Reply", "Welcome everybody!");
        assertThat(bob.page().locator("#room-status")).hasText("3 members");
        bob.page().locator("#text").pressSequentially("Thanks @al");
        assertThat(bob.page().locator("#mentions [aria-selected=true]")).containsText(alice.name());
        bob.page().press("#text", "Enter");
        assertThat(bob.page().locator("#text")).hasValue("Thanks @" + alice.name() + " ");
        bob.page().locator("#text").pressSequentially("I take the demo.");
        bob.page().press("#text", "Enter");
        carol.opensChat("Launch team");
        carol.sees("I take the demo");
        carol.says("🎉");

        // Then
        alice.sees("I take the demo");
        assertThat(alice.messages("I take the demo").locator(".quote")).containsText("Welcome everybody!");
        assertThat(alice.page().locator("#messages .mention.me")).hasText("@" + alice.name());
        assertThat(alice.page().locator("#messages a")).hasAttribute("href", "https://example.com/plan");
        assertThat(alice.page().locator("#messages .day")).hasText("Today");
        alice.seesMark("Welcome everybody!", "Read by 2");
        Chromium.picture(alice.page(), "group");
        Assertions.assertThat(CHROMIUM.problems()).isEmpty();
    }

    @Test
    void shouldCallPeopleByTheirNamesWhereverTheyAreMentioned() {
        // Given
        Person alice = person("alice");
        Person bob = person("bob");
        Person carol = person("carol");
        bob.isCalled("Bob the Builder");
        alice.opensGroup("Site", List.of(bob, carol));

        // When
        alice.says("Can you fix it, @" + bob.name() + "?");
        bob.opensChat("Site");
        bob.does("Reply", "Can you fix it");

        // Then
        String named = "Can you fix it, @Bob the Builder?";
        assertThat(carol.page().locator("#rooms .preview")).hasText(alice.name() + ": " + named);
        assertThat(bob.page().locator("#compose .about")).containsText(named);
        bob.says("Yes, I can");
        alice.sees("Yes, I can");
        assertThat(alice.messages("Yes, I can").locator(".quote")).containsText(named);
    }

    @Test
    void shouldCountUnreadMessagesAndShowWhereTheyBegin() {
        // Given
        Person alice = person("alice");
        Person bob = person("bob");
        alice.opensDirectChatWith(bob);
        alice.says("one");
        bob.opensChat(alice.name());
        alice.seesMark("one", "Read");
        bob.opensGroup("Elsewhere", List.of());

        // When
        alice.says("two");
        alice.says("three");

        // Then
        assertThat(bob.page().locator("#rooms .badge")).hasText("2");
        assertThat(bob.page()).hasTitle("(2) ChatCluster");
        bob.opensChat(alice.name());
        assertThat(bob.page().locator("#unread-line + li")).containsText("two");
        assertThat(bob.page().locator("#rooms .badge")).hasCount(0);
    }

    @Test
    void shouldLetAnOwnerManageTheGroup() {
        // Given
        Person alice = person("alice");
        Person bob = person("bob");
        alice.opensGroup("Crew", List.of());

        // When
        alice.page().click("#details-button");
        alice.page().fill("#add-member", bob.name());
        alice.page().press("#add-member", "Enter");
        assertThat(alice.page().locator("#details .members")).containsText(bob.name());
        alice.page().selectOption("#details .members select", "readonly");

        // Then
        bob.opensChat("Crew");
        assertThat(bob.page().locator("#compose")).isHidden();
        assertThat(bob.page().locator("#messages")).containsText("You are now read only");
        alice.page().fill("#details .inline input", "Crew of the ship");
        alice.page().click("#details .inline button");
        assertThat(bob.page().locator("#title")).hasText("Crew of the ship");
        Chromium.picture(alice.page(), "details");
    }

    @Test
    void shouldFindChatsAndPeopleByWhatTheyAreCalled() {
        // Given
        Person alice = person("alice");
        Person bob = person("bob");
        bob.isCalled("Robert of " + bob.name());
        alice.opensGroup("Gardeners", List.of());
        alice.opensGroup("Orchestra", List.of());
        Locator chats = alice.page().locator("#rooms > .room-list .room-title");
        assertThat(chats).hasCount(2);

        // When
        alice.page().fill("#search", "garden");

        // Then
        assertThat(chats).hasText(new String[] {"Gardeners"});
        alice.page().fill("#search", "🪴 nobody");
        assertThat(alice.page().locator(".people-found")).hasText("Nothing found");
        alice.page().fill("#search", "Robert of " + bob.name());
        alice.page()
                .locator(".people-found button.room")
                .filter(new Locator.FilterOptions().setHasText("Chat with Robert of " + bob.name()))
                .click();
        assertThat(alice.page().locator("#title")).hasText("Robert of " + bob.name());
        assertThat(alice.page().locator("#search")).hasValue("");
        assertThat(chats).hasCount(3);
        alice.page().fill("#search", "garden");
        alice.page().press("#search", "Enter");
        assertThat(alice.page().locator("#title")).hasText("Gardeners");
        assertThat(chats).hasCount(3);
    }

    @Test
    void shouldKeepADraftForEachChat() {
        // Given
        Person alice = person("alice");
        Person bob = person("bob");
        alice.opensDirectChatWith(bob);
        alice.page().fill("#text", "not finished");

        // When
        alice.opensGroup("Other", List.of());
        assertThat(alice.page().locator("#text")).hasValue("");
        assertThat(alice.page().locator("#messages .beginning strong")).hasText("Other");
        alice.page().reload();
        alice.opensChat(bob.name());

        // Then
        assertThat(alice.page().locator("#text")).hasValue("not finished");
    }

    @Test
    void shouldBeUsableByTheKeyboardAlone() {
        // Given
        Person alice = person("alice");
        Person bob = person("bob");
        alice.opensDirectChatWith(bob);
        alice.says("first");
        alice.says("second");
        alice.seesMark("second", "Sent");
        var keyboard = alice.page().keyboard();

        // When
        alice.page().locator("#messages").focus();
        keyboard.press("ArrowUp");
        keyboard.press("ArrowUp");
        keyboard.press("r");
        assertThat(alice.page().locator(".actions")).hasCount(0);
        keyboard.type("an answer");
        keyboard.press("Enter");

        // Then
        assertThat(alice.messages("an answer").locator(".quote")).containsText("first");
        keyboard.press("Control+k");
        assertThat(alice.page().locator("#search")).isFocused();
        keyboard.type(bob.name());
        keyboard.press("ArrowDown");
        assertThat(alice.page().locator("#rooms button.room").first()).isFocused();
    }

    @Test
    void shouldFitAPhoneInTheDark() {
        // Given
        Person alice = person("alice");
        var phone = CHROMIUM.window(new Browser.NewContextOptions()
                .setViewportSize(390, 780)
                .setColorScheme(ColorScheme.DARK)
                .setHasTouch(true)
                .setIsMobile(true));
        Person bob = chat.person(phone, "bob");
        alice.opensDirectChatWith(bob);
        alice.says("Does this fit?");

        // When
        bob.opensChat(alice.name());

        // Then
        bob.sees("Does this fit?");
        assertThat(phone.locator(".sidebar")).isHidden();
        Assertions.assertThat((Boolean) phone.evaluate("document.documentElement.scrollWidth <= innerWidth"))
                .isTrue();
        Chromium.picture(phone, "phone-dark");
        phone.click("#back");
        assertThat(phone.locator("#rooms")).isVisible();
        Chromium.picture(phone, "phone-list-dark");
    }

    @Test
    void shouldSpeakKorean() {
        // Given
        var page = CHROMIUM.window(
                new Browser.NewContextOptions().setViewportSize(1180, 760).setLocale("ko-KR"));

        // When
        Person minji = chat.person(page, "minji");
        minji.opensGroup("출시 준비", List.of());
        minji.says("안녕하세요! 오늘 회의는 세 시입니다.");

        // Then
        assertThat(page.locator("html")).hasAttribute("lang", "ko");
        assertThat(page.locator("#text")).hasAttribute("placeholder", "메시지");
        minji.seesMark("안녕하세요", "보냄");
        assertThat(page.locator("#messages .day")).hasText("오늘");
        Chromium.picture(page, "korean");
    }

    private Person person(String name) {
        return chat.person(CHROMIUM.window(), name);
    }
}
