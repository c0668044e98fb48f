package io.chatcluster.e2e;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import com.deque.html.axecore.playwright.AxeBuilder;
import com.microsoft.playwright.Browser;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ColorScheme;
import com.microsoft.playwright.options.FilePayload;
import com.microsoft.playwright.options.ForcedColors;
import com.microsoft.playwright.options.ReducedMotion;
import io.chatcluster.e2e.harness.Chromium;
import io.chatcluster.e2e.harness.OnTheSampleChat;
import io.chatcluster.e2e.harness.Person;
import io.chatcluster.e2e.harness.Pictures;
import io.chatcluster.e2e.harness.SampleChat;
import java.util.List;
import java.util.regex.Pattern;
import org.assertj.core.api.SoftAssertions;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

@OnTheSampleChat
class WebAppAccessibilityIT {
    @RegisterExtension
    static final Chromium CHROMIUM = new Chromium();

    private static final List<String> WCAG_2_2_AA = List.of("wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa");

    /** Before the page gives the attempt up, and says so without anything that moves. */
    private static final double STILL_AFTER_MILLIS = 10_000;

    private final SampleChat chat = new SampleChat();
    private final SoftAssertions softly = new SoftAssertions();

    @AfterEach
    void assertAll() {
        softly.assertAll();
    }

    @ParameterizedTest
    @EnumSource(
            value = ColorScheme.class,
            names = {"LIGHT", "DARK"})
    void shouldMeetWcagOnEachScreen(ColorScheme colors) {
        // Given
        Person bob = chat.person(CHROMIUM.window(), "bob");
        Page page = window(colors, "en-US");

        // Then
        assertThat(page.locator("#login")).isVisible();
        check(page, "sign-in");
        Chromium.picture(page, "sign-in-" + colors.name().toLowerCase(java.util.Locale.ROOT));
        Person alice = chat.person(page, "alice");
        check(page, "no chats");
        checkNewChat(page);
        alice.opensGroup("Team", List.of(bob));
        alice.says("Hello, see https://example.com");
        alice.seesMark("Hello", "Sent");
        alice.messages("Hello").locator(".bubble").hover();
        check(page, "chat");
        checkWhatIsDoneWithAMessage(alice, "Hello");
        checkFiles(alice);
        checkWriting(page);
        checkSearch(page);
        checkNoConnection(alice);
        checkDialogs(page);
        page.setViewportSize(390, 780);
        check(page, "chat on a phone");
        page.click("#back");
        check(page, "list on a phone");
    }

    @Test
    void shouldMeetWcagInKoreanAndFromRightToLeft() {
        // Given
        Page page = window(ColorScheme.LIGHT, "ko-KR");

        // Then
        check(page, "sign-in in Korean");
        Person minji = chat.person(page, "minji");
        minji.opensGroup("출시 준비", List.of());
        minji.says("안녕하세요!");
        minji.seesMark("안녕하세요!", "보냄");
        check(page, "chat in Korean");
        checkDialogs(page);
        page.evaluate("document.documentElement.dir = 'rtl'");
        check(page, "chat from right to left");
        checkDialogs(page);
    }

    @Test
    void shouldShowWhatIsChosenWhereColoursAreForced() {
        // Given
        Page page = CHROMIUM.window(new Browser.NewContextOptions()
                .setViewportSize(1180, 760)
                .setForcedColors(ForcedColors.ACTIVE)
                .setReducedMotion(ReducedMotion.REDUCE));
        Person alice = chat.person(page, "alice");
        alice.opensDirectChat(chat.user("bob"), chat.user("bob"));
        alice.opensGroup("Team", List.of());
        alice.says("Hello");
        alice.does("React 👍", "Hello");

        // Then
        for (String[] both : new String[][] {
            {"#rooms .room[aria-current]", "#rooms .room:not([aria-current])"},
            {".reaction[aria-pressed='true']", ".actions .quick"}
        }) {
            softly.assertThat(background(page, both[0])).as(both[0]).isNotEqualTo(background(page, both[1]));
        }
        String open = "#rooms .room[aria-current]";
        softly.assertThat(style(page, open + " .preview", "color")).isEqualTo(style(page, open, "color"));
        page.click("#new-chat");
        softly.assertThat(background(page, ".tab input:checked + span"))
                .isNotEqualTo(background(page, ".tab input:not(:checked) + span"));
        Chromium.picture(page, "forced-colours");
    }

    private static Object background(Page page, String element) {
        return style(page, element, "backgroundColor");
    }

    private static Object style(Page page, String element, String property) {
        return page.locator(element).first().evaluate("(element, name) => getComputedStyle(element)[name]", property);
    }

    @Test
    void shouldKeepStillForWhoWantsNoMotion() {
        // Given
        Page page = window(ColorScheme.LIGHT, "en-US");
        chat.person(page, "alice");
        page.routeWebSocket("**/ws", unanswered -> {});

        // When
        page.reload();

        // Then
        Locator connecting = page.locator(".state.connecting");
        assertThat(connecting).isVisible();
        page.waitForFunction(
                "() => document.getAnimations().length === 0",
                null,
                new Page.WaitForFunctionOptions().setTimeout(STILL_AFTER_MILLIS));
        assertThat(connecting).isVisible();
    }

    @Test
    void shouldLeadTheFocusFromTheListToARoomAndBackOnAPhone() {
        // Given
        Page page = CHROMIUM.window(new Browser.NewContextOptions()
                .setViewportSize(390, 780)
                .setHasTouch(true)
                .setIsMobile(true));
        Person alice = chat.person(page, "alice");
        alice.opensDirectChat(chat.user("bob"), chat.user("bob"));
        page.click("#back");
        Locator room = page.locator("#rooms button.room");

        // When
        room.press("Enter");

        // Then
        assertThat(page.locator("#title")).isFocused();
        page.locator("#back").press("Enter");
        assertThat(room).isFocused();
    }

    private Page window(ColorScheme colors, String locale) {
        Page page = CHROMIUM.window(new Browser.NewContextOptions()
                .setViewportSize(1180, 760)
                .setColorScheme(colors)
                .setLocale(locale)
                .setReducedMotion(ReducedMotion.REDUCE));
        page.navigate(chat.address().toString());
        return page;
    }

    private void checkNewChat(Page page) {
        page.click("#new-chat");
        assertThat(page.locator("#new-direct")).isVisible();
        page.fill("#new-direct-person", chat.user("bob"));
        check(page, "new chat");
        page.locator(".tab input[value=group]").check();
        check(page, "new group");
        page.keyboard().press("Escape");
    }

    private void checkWhatIsDoneWithAMessage(Person person, String message) {
        Page page = person.page();
        person.does("React", message);
        check(page, "emoji");
        page.keyboard().press("Escape");
        person.does("Reply", message);
        check(page, "reply");
        page.keyboard().press("Escape");
        person.does("Delete", message);
        assertThat(page.locator("#confirm")).isVisible();
        check(page, "confirm");
        page.keyboard().press("Escape");
    }

    private void checkFiles(Person person) {
        Page page = person.page();
        person.isRefusedTheNextUpload();
        attach(person, "refused.png");
        assertThat(page.locator(".chip.failed")).isVisible();
        page.route(Person.UPLOADS, waits -> {});
        attach(person, "waits.png");
        assertThat(page.locator(".chip.uploading")).isVisible();
        check(page, "files that are uploaded");
        page.locator(".chip.uploading button").click();
        page.unroute(Person.UPLOADS);
        page.click(".chip.failed .link");
        assertThat(page.locator(".chip.done")).isVisible();
        check(page, "a file that is uploaded");
        person.says("A picture");
        person.isStored("A picture");
        person.messages("A picture").locator(".picture").click();
        assertThat(page.locator(".viewer")).isVisible();
        check(page, "viewer");
        page.keyboard().press("Escape");
        check(page, "chat with a picture");
    }

    private static void attach(Person person, String name) {
        person.attaches(new FilePayload(name, "image/png", Pictures.png(640, 480)));
    }

    private void checkWriting(Page page) {
        page.locator("#text").pressSequentially("@bo");
        assertThat(page.locator("#mentions")).isVisible();
        check(page, "mentions");
        page.fill("#text", "");
    }

    private void checkSearch(Page page) {
        page.fill("#search", "bo");
        assertThat(page.locator(".people-found")).isVisible();
        check(page, "search");
        page.fill("#search", "");
    }

    private void checkNoConnection(Person person) {
        Page page = person.page();
        page.context().setOffline(true);
        person.seesState(Pattern.compile("You are offline"));
        person.says("Anybody?");
        person.seesMark("Anybody?", "Waiting to be sent");
        check(page, "no connection");
        page.context().setOffline(false);
        person.seesMark("Anybody?", "Sent");
        check(page, "connected again");
    }

    private void checkDialogs(Page page) {
        for (String dialog : List.of("details", "profile")) {
            page.click("#" + dialog + "-button");
            assertThat(page.locator("#" + dialog)).isVisible();
            check(page, dialog);
            page.keyboard().press("Escape");
        }
    }

    private void check(Page page, String screen) {
        softly.assertThat(new AxeBuilder(page).withTags(WCAG_2_2_AA).analyze().getViolations())
                .as(screen)
                .allSatisfy(rule -> softly.fail(screen + ": " + rule.getId() + " " + rule.getNodes()));
    }
}
