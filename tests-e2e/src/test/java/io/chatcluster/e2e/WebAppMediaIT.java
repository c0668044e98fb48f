package io.chatcluster.e2e;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import com.google.gson.JsonObject;
import com.microsoft.playwright.Download;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.FilePayload;
import io.chatcluster.e2e.harness.Chromium;
import io.chatcluster.e2e.harness.OnTheSampleChat;
import io.chatcluster.e2e.harness.Person;
import io.chatcluster.e2e.harness.Pictures;
import io.chatcluster.e2e.harness.SampleChat;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

@OnTheSampleChat
class WebAppMediaIT {
    @RegisterExtension
    static final Chromium CHROMIUM = new Chromium();

    private static final int MESSAGES_BEYOND_THE_WINDOW = 120;

    private static final String RECORDED_AND_DROPPED = """
            async () => {
              const canvas = Object.assign(document.createElement('canvas'), { width: 64, height: 48 });
              const drawing = canvas.getContext('2d');
              const recorder = new MediaRecorder(canvas.captureStream(10), { mimeType: 'video/webm' });
              const parts = [];
              recorder.ondataavailable = event => parts.push(event.data);
              const stopped = new Promise(resolve => { recorder.onstop = resolve; });
              recorder.start(100);
              for (let n = 0; n < 10 || n < 500 && !parts.some(part => part.size > 0); n++) {
                drawing.fillStyle = `rgb(${n * 20 % 256}, 0, 99)`;
                drawing.fillRect(0, 0, 64, 48);
                await new Promise(resolve => setTimeout(resolve, 60));
              }
              recorder.stop();
              await stopped;
              const data = new DataTransfer();
              data.items.add(new File(parts, 'clip.webm', { type: 'video/webm' }));
              const pane = document.querySelector('.room-pane');
              const fire = type => pane.dispatchEvent(new DragEvent(type, { dataTransfer: data, bubbles: true, cancelable: true }));
              fire('dragover');
              const hint = getComputedStyle(document.querySelector('.drop-hint')).display;
              fire('drop');
              return hint;
            }
            """;
    private static final String PASTED = """
            base64 => {
              const bytes = Uint8Array.from(atob(base64), letter => letter.charCodeAt(0));
              const data = new DataTransfer();
              data.items.add(new File([bytes], 'pasted.png', { type: 'image/png' }));
              document.getElementById('text').dispatchEvent(new ClipboardEvent('paste', { clipboardData: data, bubbles: true, cancelable: true }));
            }
            """;

    private final SampleChat chat = new SampleChat();
    private Person alice;
    private Person bob;

    @BeforeEach
    void openChat() {
        alice = chat.person(CHROMIUM.window(), "alice");
        bob = chat.person(CHROMIUM.window(), "bob");
        alice.opensDirectChatWith(bob);
    }

    @Test
    void shouldSendAPictureThatTheOtherSideCanOpen() {
        // When
        alice.attaches(new FilePayload("sunrise.png", "image/png", Pictures.png(640, 480)));
        assertThat(alice.page().locator(".chip.done")).hasText("sunrise.png");
        alice.says("Look at this");

        // Then
        bob.opensChat(alice.name());
        bob.sees("Look at this");
        var picture = bob.messages("Look at this").locator(".picture img");
        assertThat(picture).hasAttribute("alt", "sunrise.png");
        bob.page()
                .waitForFunction("() => { const image = document.querySelector('#messages .picture img');"
                        + " return image?.complete && image.naturalWidth === 640; }");
        picture.click();
        assertThat(bob.page().locator("dialog.viewer")).isVisible();
        Chromium.picture(bob.page(), "viewer");
        bob.page().keyboard().press("Escape");
        assertThat(bob.page().locator("dialog.viewer")).hasCount(0);
        Chromium.picture(bob.page(), "picture");
        Assertions.assertThat(CHROMIUM.problems()).isEmpty();
    }

    @Test
    void shouldGoFromPictureToPictureAndGiveTheFocusBack() {
        // Given
        alice.attaches(
                new FilePayload("wide.png", "image/png", Pictures.png(640, 480)),
                new FilePayload("small.png", "image/png", Pictures.png(32, 24)));
        assertThat(alice.page().locator(".chip.done")).hasCount(2);
        alice.says("Both");
        bob.opensChat(alice.name());
        bob.sees("Both");
        Locator opened = bob.messages("Both").locator(".picture").last();

        // When
        opened.press("Enter");

        // Then
        Page page = bob.page();
        seesInViewer(page, "small.png · 2/2", 32);
        page.keyboard().press("ArrowLeft");
        seesInViewer(page, "wide.png · 1/2", 640);
        page.keyboard().press("ArrowRight");
        seesInViewer(page, "small.png · 2/2", 32);
        page.click(".viewer-next");
        seesInViewer(page, "wide.png · 1/2", 640);
        page.click(".viewer-previous");
        seesInViewer(page, "small.png · 2/2", 32);
        page.keyboard().press("Escape");
        assertThat(page.locator(".viewer")).hasCount(0);
        assertThat(opened).isFocused();
        page.keyboard().press("Enter");
        page.click(".viewer-close");
        assertThat(page.locator(".viewer")).hasCount(0);
        assertThat(opened).isFocused();
        Assertions.assertThat(CHROMIUM.problems()).isEmpty();
    }

    private static void seesInViewer(Page page, String caption, int width) {
        assertThat(page.locator(".viewer .caption")).hasText(caption);
        page.waitForFunction("width => document.querySelector('.viewer img').naturalWidth === width", width);
    }

    /** Returns how the page shows that a file may be dropped there. */
    private Object aliceSendsAClip() {
        Object hint = alice.page().evaluate(RECORDED_AND_DROPPED);
        assertThat(alice.page().locator(".chip.done")).hasText("clip.webm");
        alice.says("A clip");
        return hint;
    }

    private void bobSeesTheClip() {
        bob.opensChat(alice.name());
        bob.sees("A clip");
        bob.page().waitForFunction("() => document.querySelector('#messages video')?.videoWidth === 64");
    }

    @Test
    void shouldPlayAVideoThatWasDropped() {
        // When
        Object hint = aliceSendsAClip();

        // Then
        Assertions.assertThat(hint).isEqualTo("grid");
        bobSeesTheClip();
        Assertions.assertThat(CHROMIUM.problems()).isEmpty();
    }

    @Test
    void shouldPlayOnWhileSomebodyReacts() {
        // Given
        aliceSendsAClip();
        bobSeesTheClip();
        bob.page().evaluate("""
                        async () => {
                          window.player = document.querySelector('#messages video');
                          Object.assign(window.player, { muted: true, loop: true });
                          await window.player.play();
                        }""");

        // When
        alice.does("React 👍", "A clip");

        // Then
        assertThat(bob.messages("A clip").locator(".reaction")).hasText("👍1");
        bob.page().waitForFunction("() => window.player.isConnected && !window.player.paused");
    }

    @Test
    void shouldLeaveAVideoAloneThatFillsTheScreen() {
        // Given
        aliceSendsAClip();
        bobSeesTheClip();
        bob.page().context().newCDPSession(bob.page()).send("Runtime.evaluate", byHand("""
                window.player = document.querySelector('#messages video');
                window.player.requestFullscreen();
                """));
        bob.page().waitForFunction("() => document.fullscreenElement === window.player");

        // When
        for (int n = 1; n <= MESSAGES_BEYOND_THE_WINDOW; n++) {
            alice.says("and another thing, number " + n + ".");
        }
        bob.page()
                .waitForFunction(
                        "last => document.querySelector('#rooms .preview').textContent.includes(last)",
                        "number " + MESSAGES_BEYOND_THE_WINDOW + ".");

        // Then
        Assertions.assertThat(bob.page().evaluate("document.fullscreenElement === window.player"))
                .isEqualTo(true);
    }

    /** As if the person had asked for it, without which a browser fills no screen. */
    private static JsonObject byHand(String script) {
        JsonObject evaluate = new JsonObject();
        evaluate.addProperty("expression", script);
        evaluate.addProperty("userGesture", true);
        return evaluate;
    }

    @Test
    void shouldSendAPictureThatWasPasted() {
        // When
        alice.page().evaluate(PASTED, Base64.getEncoder().encodeToString(Pictures.png(120, 90)));
        assertThat(alice.page().locator(".chip.done")).hasText("pasted.png");
        alice.page().click("#send");

        // Then
        bob.opensChat(alice.name());
        assertThat(bob.page().locator("#messages .picture img")).hasAttribute("alt", "pasted.png");
        assertThat(bob.page().locator("#rooms .preview")).hasText("Photo");
    }

    @Test
    void shouldGiveAFileThatCanBeDownloaded() throws IOException {
        // Given
        alice.attaches(
                new FilePayload("notes.txt", "text/plain", "Remember the milk".getBytes(StandardCharsets.UTF_8)));
        assertThat(alice.page().locator(".chip.done")).hasText("notes.txt");
        alice.says("My notes");
        bob.opensChat(alice.name());
        bob.sees("My notes");

        // When
        Download download = bob.page()
                .waitForDownload(() -> bob.page().locator("#messages .file").click());

        // Then
        Assertions.assertThat(download.suggestedFilename()).isEqualTo("notes.txt");
        Assertions.assertThat(download.path()).hasContent("Remember the milk");
    }

    @Test
    void shouldShowThePictureThatSomebodyChoseUntilTheyTakeItAway() {
        // When
        alice.page().click("#profile-button");
        alice.page().setInputFiles("#picture", new FilePayload("me.png", "image/png", Pictures.png(640, 480)));

        // Then
        assertThat(alice.page().locator("#profile .large-face img")).isVisible();
        Chromium.picture(alice.page(), "profile");
        alice.page().keyboard().press("Escape");
        assertThat(alice.page().locator("#profile-button img")).isVisible();
        bob.opensChat(alice.name());
        assertThat(bob.page().locator(".room-header .avatar img")).isVisible();
        assertThat(bob.page().locator("#rooms .room .avatar img")).isVisible();
        alice.page().reload();
        assertThat(alice.page().locator("#profile-button img")).isVisible();
        alice.page().click("#profile-button");
        alice.page()
                .getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName("Remove it"))
                .click();
        assertThat(alice.page().locator("#profile-button img")).hasCount(0);
        Assertions.assertThat(CHROMIUM.problems()).isEmpty();
    }
}
