package io.chatcluster.e2e;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Route;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.FilePayload;
import io.chatcluster.e2e.harness.Chromium;
import io.chatcluster.e2e.harness.OnTheSampleChat;
import io.chatcluster.e2e.harness.Person;
import io.chatcluster.e2e.harness.Pictures;
import io.chatcluster.e2e.harness.SampleChat;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.regex.Pattern;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What becomes of a file until it is sent. */
@OnTheSampleChat
class WebAppUploadIT {
    @RegisterExtension
    static final Chromium CHROMIUM = new Chromium();

    private static final String DROPPED = """
            bytes => {
              const data = new DataTransfer();
              data.items.add(new File([new Uint8Array(bytes)], 'big.png', { type: 'image/png' }));
              const drop = new DragEvent('drop', { dataTransfer: data, bubbles: true, cancelable: true });
              document.querySelector('.room-pane').dispatchEvent(drop);
            }
            """;
    /** A file that misses the room, and the picture that a program for documents puts beside a text that was copied. */
    private static final String MISSED_AND_MEANT_AS_TEXT = """
            () => {
              const picture = () => {
                const data = new DataTransfer();
                data.items.add(new File(['x'], 'missed.png', { type: 'image/png' }));
                return data;
              };
              const fire = (element, event) => document.querySelector(element).dispatchEvent(event) ? 'the browser does it' : 'the page does it';
              const copied = picture();
              copied.setData('text/plain', 'a table');
              copied.setData('text/html', '<table></table>');
              return [
                fire('.sidebar', new DragEvent('drop', { dataTransfer: picture(), bubbles: true, cancelable: true })),
                fire('#text', new ClipboardEvent('paste', { clipboardData: copied, bubbles: true, cancelable: true })),
              ];
            }
            """;
    /** As if the service had forgotten it. */
    private static final String FIRST_FILE_UNKNOWN = """
            () => {
              const place = Object.keys(localStorage).find(key => key.startsWith('draft/'));
              const draft = JSON.parse(localStorage.getItem(place));
              draft.files[0].attachment.id = 'a'.repeat(draft.files[0].attachment.id.length);
              localStorage.setItem(place, JSON.stringify(draft));
            }
            """;
    /** What the sample leaves at its default. */
    private static final int OBJECT_BYTES_MAX = 100 * 1024 * 1024;

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
    void shouldRefuseWhatTheServiceWouldRefuseAndSayWhy() {
        // When
        alice.page().evaluate(DROPPED, OBJECT_BYTES_MAX + 1);

        // Then
        assertThat(alice.page().locator("#notice")).containsText("big.png is larger than 104.9 MB");
        alice.attaches(new FilePayload("run.exe", "application/x-msdownload", new byte[] {1}));
        assertThat(alice.page().locator("#notice")).containsText("run.exe");
        assertThat(alice.page().locator(".chip")).hasCount(0);
    }

    @Test
    void shouldShowHowFarAnUploadIsAndStopItWhenAsked() {
        // Given
        AtomicInteger started = new AtomicInteger();
        AtomicInteger aborted = new AtomicInteger();
        alice.page().onRequestFailed(request -> {
            if (request.method().equals("PUT")) {
                aborted.incrementAndGet();
            }
        });
        alice.page().route(Person.UPLOADS, route -> {
            if (route.request().method().equals("PUT")) {
                started.incrementAndGet();
            } else {
                route.resume();
            }
        });
        alice.attaches(new FilePayload("slow.png", "image/png", Pictures.png(64, 64)));
        assertThat(alice.page().locator(".chip.uploading progress")).isVisible();
        assertThat(alice.page().locator("#send")).isDisabled();
        alice.page().waitForCondition(() -> started.get() == 1);

        // When
        button("Remove slow.png").click();

        // Then
        assertThat(alice.page().locator(".chip")).hasCount(0);
        alice.page().waitForCondition(() -> aborted.get() == 1);
    }

    @Test
    void shouldSayWhyAnUploadFailedAndTryAgainWhenAsked() {
        // Given
        alice.isRefusedTheNextUpload();
        alice.attaches(new FilePayload("sunset.png", "image/png", Pictures.png(640, 480)));
        assertThat(alice.page().locator(".chip.failed"))
                .containsText("sunset.png was not uploaded: The chat does not take that.");
        assertThat(alice.page().locator("#send")).isDisabled();

        // When
        button("Try again").click();

        // Then
        assertThat(alice.page().locator(".chip.done")).hasText("sunset.png");
        alice.says("Here it is");
        bob.opensChat(alice.name());
        assertThat(bob.messages("Here it is").locator(".picture img")).hasAttribute("alt", "sunset.png");
        bob.page().waitForFunction("() => document.querySelector('#messages .picture img').naturalWidth === 640");
    }

    @Test
    void shouldGiveUpAFileThatCouldNotBeUploaded() {
        // Given
        alice.page().route(Person.UPLOADS, Route::abort);
        alice.attaches(new FilePayload("sunset.png", "image/png", Pictures.png(64, 64)));
        assertThat(alice.page().locator(".chip.failed")).isVisible();

        // When
        button("Remove sunset.png").click();

        // Then
        assertThat(alice.page().locator(".chip")).hasCount(0);
        alice.says("Without it");
        alice.seesMark("Without it", "Sent");
    }

    @Test
    void shouldGoOnByItselfWithAFileOnceThereIsANetworkAgain() {
        // Given
        alice.page().context().setOffline(true);
        alice.seesState(Pattern.compile("You are offline"));
        alice.attaches(new FilePayload("sunset.png", "image/png", Pictures.png(64, 64)));
        assertThat(alice.page().locator(".chip.failed"))
                .containsText("sunset.png was not uploaded: There is no connection now.");

        // When
        alice.page().context().setOffline(false);

        // Then
        assertThat(alice.page().locator(".chip.done")).hasText("sunset.png");
        alice.says("Here it is");
        alice.seesMark("Here it is", "Sent");
    }

    @Test
    void shouldAskBeforeAFileIsLostWithThePageThatIsNotUploadedYet() {
        // Given
        alice.page().route(Person.UPLOADS, waits -> {});
        alice.attaches(new FilePayload("sunset.png", "image/png", Pictures.png(64, 64)));
        assertThat(alice.page().locator(".chip.uploading")).isVisible();
        alice.page().click("#text");
        AtomicReference<String> asked = new AtomicReference<>("nothing");
        alice.page().onceDialog(dialog -> {
            asked.set(dialog.type());
            dialog.dismiss();
        });

        // When
        alice.page().close(new Page.CloseOptions().setRunBeforeUnload(true));

        // Then
        bob.page().waitForCondition(() -> asked.get().equals("beforeunload"));
        assertThat(alice.page().locator(".chip.uploading")).isVisible();
    }

    @Test
    void shouldKeepWhatIsUploadedOverAReloadAndSendIt() {
        // Given
        alice.attaches(
                new FilePayload("sunset.png", "image/png", Pictures.png(640, 480)),
                new FilePayload("notes.txt", "text/plain", "Remember the milk".getBytes(StandardCharsets.UTF_8)));
        assertThat(alice.page().locator(".chip.done")).hasCount(2);
        Assertions.assertThat(alice.isAskedBeforeLeaving()).isFalse();

        // When
        alice.page().reload();

        // Then
        assertThat(alice.page().locator(".chip.done")).hasText(new String[] {"sunset.png", "notes.txt"});
        alice.page().waitForFunction("() => document.querySelector('.chip.done img').naturalWidth === 80");
        Assertions.assertThat(alice.isAskedBeforeLeaving()).isFalse();
        Chromium.picture(alice.page(), "files-after-a-reload");
        alice.says("Here they are");
        assertThat(alice.page().locator(".chip")).hasCount(0);
        alice.page().waitForFunction("() => document.querySelector('#messages .picture img')?.naturalWidth === 640");
        bob.opensChat(alice.name());
        assertThat(bob.messages("Here they are").locator(".picture img")).hasAttribute("alt", "sunset.png");
        assertThat(bob.messages("Here they are").locator(".file")).containsText("notes.txt");
        Assertions.assertThat(CHROMIUM.problems()).isEmpty();
    }

    @Test
    void shouldSayWhichFileTheServiceDoesNotKnowAndSendTheRest() {
        // Given
        alice.attaches(
                new FilePayload("sunset.png", "image/png", Pictures.png(64, 64)),
                new FilePayload("sunrise.png", "image/png", Pictures.png(64, 64)));
        assertThat(alice.page().locator(".chip.done")).hasCount(2);
        alice.page().evaluate(FIRST_FILE_UNKNOWN);
        alice.page().reload();
        assertThat(alice.page().locator(".chip.done")).hasCount(2);

        // When
        alice.says("Both of them");

        // Then
        alice.seesMark("Both of them", "Not sent");
        assertThat(alice.page().locator("#notice")).containsText("sunset.png was not sent");
        button("Try again").click();
        alice.seesMark("Both of them", "Sent");
        bob.opensChat(alice.name());
        assertThat(bob.messages("Both of them").locator(".picture img")).hasCount(1);
        assertThat(bob.messages("Both of them").locator(".picture img")).hasAttribute("alt", "sunrise.png");
    }

    @Test
    void shouldNeitherOpenAFileThatMissesTheRoomNorSendThePictureOfATextThatIsPasted() {
        // When
        Object done = alice.page().evaluate(MISSED_AND_MEANT_AS_TEXT);

        // Then
        Assertions.assertThat(done).isEqualTo(List.of("the page does it", "the browser does it"));
        assertThat(alice.page().locator(".chip")).hasCount(0);
    }

    private Locator button(String name) {
        return alice.page().getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName(name));
    }
}
