package io.chatcluster.e2e;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonArray;
import com.microsoft.playwright.CDPSession;
import com.microsoft.playwright.Page;
import io.chatcluster.e2e.harness.Chromium;
import io.chatcluster.e2e.harness.OnTheSampleChat;
import io.chatcluster.e2e.harness.Person;
import io.chatcluster.e2e.harness.SampleChat;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

@OnTheSampleChat
class WebAppInstallIT {
    @RegisterExtension
    static final Chromium CHROMIUM = Chromium.whole();

    /** Windows of tests have a memory of their own, which Chromium calls incognito. */
    private static final String OF_TESTS = "in-incognito";

    /** With each picture's size as it is, whatever the manifest says. */
    private static final String MANIFEST = """
            async () => {
              const { href } = document.querySelector('link[rel=manifest]');
              const { name, display, start_url, scope, icons } = await (await fetch(href)).json();
              const drawn = await Promise.all(icons.filter(({ type }) => type === 'image/png').map(async ({ src, sizes, purpose }) => {
                const image = Object.assign(new Image(), { src });
                await image.decode();
                return `${sizes} ${purpose} ${image.naturalWidth}x${image.naturalHeight}`;
              }));
              return { name, display, start_url, scope, icons: drawn };
            }
            """;

    private final SampleChat chat = new SampleChat();

    @Test
    void shouldBeInstallable() {
        // Given
        Page page = CHROMIUM.window();
        page.navigate(chat.address().toString());
        page.evaluate("() => navigator.serviceWorker.ready.then(() => null)");
        CDPSession session = page.context().newCDPSession(page);

        // When
        JsonArray manifestErrors = session.send("Page.getAppManifest").getAsJsonArray("errors");
        JsonArray errors = session.send("Page.getInstallabilityErrors").getAsJsonArray("installabilityErrors");

        // Then
        assertThat(manifestErrors).isEmpty();
        assertThat(errors)
                .allSatisfy(error -> assertThat(
                                error.getAsJsonObject().get("errorId").getAsString())
                        .isEqualTo(OF_TESTS));
        assertThat(page.evaluate(MANIFEST))
                .isEqualTo(Map.of(
                        "name",
                        "ChatCluster",
                        "display",
                        "standalone",
                        "start_url",
                        "/",
                        "scope",
                        "/",
                        "icons",
                        List.of("192x192 any 192x192", "512x512 any 512x512", "512x512 maskable 512x512")));
    }

    @Test
    void shouldKnowItsUserAgainAsAnAppOnTheirDevice(@TempDir Path device) {
        // Given
        Page app = CHROMIUM.app(chat.address(), device);
        assertThat((Boolean) app.evaluate("matchMedia('(display-mode: standalone)').matches"))
                .isTrue();
        Person alice = chat.person(app, "alice");
        alice.opensGroup("Notes", List.of());
        alice.says("for later");
        alice.seesMark("for later", "Sent");

        // When
        app.context().close();
        Person again = new Person(alice.name(), CHROMIUM.app(chat.address(), device));

        // Then
        assertThat(again.page().locator("#me")).hasText(alice.name());
        again.opensChat("Notes");
        again.sees("for later");
        assertThat(CHROMIUM.problems()).isEmpty();
    }
}
