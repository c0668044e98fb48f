package io.chatcluster.e2e;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.Page;
import io.chatcluster.e2e.harness.Chromium;
import io.chatcluster.e2e.harness.OnTheSampleChat;
import io.chatcluster.e2e.harness.Person;
import io.chatcluster.e2e.harness.SampleChat;
import java.net.URI;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What somebody goes through who never saw the app. */
@OnTheSampleChat
class WebAppFirstVisitIT {
    @RegisterExtension
    static final Chromium CHROMIUM = new Chromium();

    private static final String ROOMS = "**/api/v1/rooms";

    private final SampleChat chat = new SampleChat();
    private Person alice;

    @BeforeEach
    void arrive() {
        alice = chat.person(CHROMIUM.window(), "alice");
    }

    @AfterEach
    void assertThatNoScriptFailed() {
        Assertions.assertThat(CHROMIUM.problems()).isEmpty();
    }

    @Test
    void shouldLeadWhoeverOpensAnInvitationToThePersonWhoSentIt() {
        // Given
        String link = alice.page().inputValue(".invite-link");

        // When
        Page window = CHROMIUM.window();
        window.navigate(link);
        assertThat(window.locator("#login")).containsText(alice.name() + " invites you to talk.");
        window.fill("#name", chat.user("bob"));
        window.click("#login button");

        // Then
        assertThat(window.locator("#title")).hasText(alice.name());
        Person bob = new Person(chat.user("bob"), window);
        bob.says("Here I am");
        assertThat(alice.page().locator("#rooms .badge")).hasText("1");
        assertThat(alice.page().locator("#rooms .presence.online")).isVisible();
        alice.opensChat(bob.name());
        alice.sees("Here I am");
        bob.seesMark("Here I am", "Read");
    }

    @Test
    void shouldShowTheInvitationOnAPhoneUntilThereIsAChat() {
        // Given
        Page phone = CHROMIUM.window(new Browser.NewContextOptions()
                .setViewportSize(390, 780)
                .setHasTouch(true)
                .setIsMobile(true));

        // When
        Person carol = chat.person(phone, "carol");

        // Then
        assertThat(phone.locator(".invite-link")).hasValue(Pattern.compile(".*#/with/" + carol.name()));
        assertThat(phone.locator(".invite-link")).isInViewport();
        carol.opensDirectChatWith(alice);
        phone.click("#back");
        assertThat(phone.locator(".invite-link")).isHidden();
    }

    @Test
    void shouldKeepAnInvitationUntilThereIsAChat() {
        // Given
        Page window = CHROMIUM.window();
        window.route(ROOMS, route -> {
            if (route.request().method().equals("POST")) {
                route.abort();
            } else {
                route.resume();
            }
        });
        Person.signedIn(window, URI.create(alice.page().inputValue(".invite-link")), chat.user("bob"));
        assertThat(window.locator("#notice")).containsText("There is no connection now.");

        // When
        window.unroute(ROOMS);
        window.reload();

        // Then
        assertThat(window.locator("#title")).hasText(alice.name());
        window.goBack();
        assertThat(window.locator(".no-room")).isVisible();
    }

    @Test
    void shouldTakeANameAfterWhichTheKeyboardHasPutASpace() {
        // Given
        Page window = CHROMIUM.window();
        window.navigate(chat.address().toString());

        // When
        window.fill("#name", chat.user("bob") + " ");
        window.click("#login button");

        // Then
        assertThat(window.locator("#me")).hasText(chat.user("bob"));
    }

    @Test
    void shouldFindSomebodyByANameOfSeveralWords() {
        // Given
        String name = "Alice of " + alice.name();
        alice.isCalled(name);
        Page window = chat.person(CHROMIUM.window(), "bob").page();
        window.click("#new-chat");

        // When
        window.locator("#new-direct-person").pressSequentially(name);

        // Then
        assertThat(window.locator("#new-direct-person-found")).containsText(name);
        window.press("#new-direct-person", "Enter");
        assertThat(window.locator("#title")).hasText(name);
    }

    @Test
    void shouldTakeAnInvitationThatIsPastedForThePersonWhoSentIt() {
        // Given
        Person bob = chat.person(CHROMIUM.window(), "bob");

        // When
        bob.opensDirectChat(alice.page().inputValue(".invite-link"), alice.name());

        // Then
        bob.says("Found you");
        alice.opensChat(bob.name());
        alice.sees("Found you");
    }

    @Test
    void shouldAskNobodyButTheServiceAndWhereItsNamesComeFrom() {
        // Given
        Page window = CHROMIUM.window();
        Set<String> asked = new HashSet<>();
        window.onRequest(request -> asked.add(URI.create(request.url()).getRawAuthority()));
        window.onWebSocket(socket -> asked.add(URI.create(socket.url()).getRawAuthority()));

        // When
        Person bob = chat.person(window, "bob");
        bob.opensDirectChatWith(alice);
        bob.says("https://example.com");
        bob.seesMark("https://example.com", "Sent");

        // Then
        Object names = window.evaluate("async () => (await (await fetch('/config.json')).json()).auth.tokenUrl");
        Assertions.assertThat(asked)
                .containsExactlyInAnyOrder(
                        chat.address().getRawAuthority(),
                        URI.create(String.valueOf(names)).getRawAuthority());
    }

    @Test
    void shouldSayThatOnesOwnInvitationIsForOthers() {
        // When
        alice.page().navigate(alice.page().inputValue(".invite-link"));

        // Then
        assertThat(alice.page().locator("#notice")).containsText("This link is for others");
    }

    @Test
    void shouldTellTheTruthWhileThereIsNoNetworkAndAfter() {
        // Given
        Person bob = chat.person(CHROMIUM.window(), "bob");
        alice.opensDirectChatWith(bob);
        alice.says("Can you hear me?");
        bob.opensChat(alice.name());
        bob.sees("Can you hear me?");
        alice.seesMark("Can you hear me?", "Read");
        assertThat(alice.page().locator("#room-status")).hasText("Online");

        // When
        alice.page().context().setOffline(true);

        // Then
        alice.seesState(Pattern.compile("You are offline"));
        assertThat(alice.page().locator(".presence")).hasCount(0);
        alice.says("I am in a tunnel");
        alice.seesMark("I am in a tunnel", "Waiting to be sent");
        alice.seesState(Pattern.compile("1 message waits on this device"));
        bob.says("Hello? Alice?");

        // When
        alice.listensTo("#state");
        alice.page().context().setOffline(false);

        // Then
        alice.hears("Connected again");
        alice.sees("Hello? Alice?");
        alice.seesMark("I am in a tunnel", "Read");
        bob.sees("I am in a tunnel");
        assertThat(alice.page().locator("#room-status")).hasText("Online");
    }

    @Test
    void shouldComeBackToTheOpenChatAndLeaveItByTheBackButton() {
        // Given
        Page phone = CHROMIUM.window(new Browser.NewContextOptions()
                .setViewportSize(390, 780)
                .setHasTouch(true)
                .setIsMobile(true));
        Person bob = chat.person(phone, "bob");
        alice.opensDirectChatWith(bob);
        alice.says("Hi");
        bob.opensChat(alice.name());
        bob.sees("Hi");

        // When
        phone.reload();

        // Then
        assertThat(phone.locator("#title")).hasText(alice.name());
        bob.sees("Hi");

        // When
        phone.goBack();

        // Then
        assertThat(phone.locator("#rooms")).isVisible();
        assertThat(phone.locator("#title")).isHidden();
        phone.goForward();
        assertThat(phone.locator("#title")).hasText(alice.name());
        phone.click("#back");
        assertThat(phone.locator("#rooms")).isVisible();
    }

    @Test
    void shouldSayWhatToDoInAGroupWhereOneMayOnlyRead() {
        // Given
        Person bob = chat.person(CHROMIUM.window(), "bob");
        alice.opensGroup("News", List.of(bob));
        alice.page().click("#details-button");
        alice.page().selectOption("#details .members select", "readonly");

        // When
        bob.opensChat("News");

        // Then
        assertThat(bob.page().locator(".read-only")).hasText("You can read here, but not write.");
        assertThat(bob.page().locator("#compose")).isHidden();
    }
}
