package io.chatcluster.e2e;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import com.microsoft.playwright.Download;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.FilePayload;
import io.chatcluster.e2e.harness.Browser;
import io.chatcluster.e2e.harness.ChatPage;
import io.chatcluster.e2e.harness.OnTheSharedChat;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.UUID;
import java.util.regex.Pattern;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What somebody does who never saw it, at the address that {@code make up} prints. */
@OnTheSharedChat
class FirstConversationIT {
    private final String run = UUID.randomUUID().toString().substring(0, 8);
    private Browser browser;
    private ChatPage alice;
    private ChatPage bob;

    @BeforeEach
    void invite() {
        browser = Browser.open();
        alice = ChatPage.signedInByName(browser.window(), printedAddress(), "alice-" + run);
        var invitation = URI.create(alice.page().inputValue(".invite-link"));
        bob = ChatPage.signedInByName(browser.window(), invitation, "bob-" + run);
        assertThat(bob.page().locator("#title")).hasText(alice.user());
        bob.says("Here I am");
        alice.opensTheChat();
        alice.sees("Here I am");
    }

    @AfterEach
    void closeBrowser() {
        Assertions.assertThat(alice.problems()).isEmpty();
        Assertions.assertThat(bob.problems()).isEmpty();
        browser.close();
    }

    @Test
    void shouldShowThePictureThatTheOtherSends() {
        // When
        attaches(alice, new FilePayload("sunrise.png", "image/png", sunrise()));
        alice.says("Look at this");

        // Then
        bob.sees("Look at this");
        bob.page()
                .waitForFunction("() => { const image = document.querySelector('#messages .picture img');"
                        + " return image?.complete && image.naturalWidth > 0; }");
        bob.page().click("#messages .picture img");
        assertThat(bob.page().locator("dialog.viewer")).isVisible();
        Browser.picture(bob.page(), "viewer");
    }

    @Test
    void shouldHandOverTheFileThatTheOtherSends() throws IOException {
        // Given
        var text = "What was said on %s.".formatted(run);
        attaches(alice, new FilePayload("minutes.txt", "text/plain", text.getBytes(StandardCharsets.UTF_8)));

        // When
        alice.says("The minutes");
        bob.sees("The minutes");
        Download download = bob.page().waitForDownload(() -> bob.page().click("#messages .file"));

        // Then
        Assertions.assertThat(download.suggestedFilename()).isEqualTo("minutes.txt");
        Assertions.assertThat(download.path()).hasContent(text);
    }

    @Test
    void shouldTellTheTruthWithoutANetworkAndCatchUpAfterwards() {
        // When
        alice.page().context().setOffline(true);

        // Then
        assertThat(alice.page().locator("#state")).hasText(Pattern.compile("You are offline"));
        alice.says("I am in a tunnel");
        assertThat(alice.page().locator("#state")).hasText(Pattern.compile("1 message waits on this device"));
        bob.says("Hello? Alice?");
        bob.sees("Hello? Alice?");

        // When
        alice.page().context().setOffline(false);

        // Then
        assertThat(alice.page().locator("#state")).hasText(Pattern.compile("Connected again"));
        alice.sees("Hello? Alice?");
        bob.sees("I am in a tunnel");
    }

    private static void attaches(ChatPage person, FilePayload file) {
        person.page().setInputFiles("#compose input[type=file]", file);
        assertThat(person.page().locator(".chip.done")).hasText(file.name);
    }

    /** A picture of the page itself will do. */
    private byte[] sunrise() {
        return alice.page().screenshot(new Page.ScreenshotOptions().setFullPage(true));
    }

    private static URI printedAddress() {
        try {
            var make = new ProcessBuilder("make", "-s", "url")
                    .directory(Path.of("..").toFile())
                    .redirectError(ProcessBuilder.Redirect.INHERIT)
                    .start();
            var address = new String(make.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
            return URI.create(address);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
