package io.chatcluster.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonArray;
import com.microsoft.playwright.CDPSession;
import com.microsoft.playwright.Page;
import io.chatcluster.e2e.harness.Chromium;
import io.chatcluster.e2e.harness.OnTheSharedChat;
import io.chatcluster.e2e.harness.SampleChat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

@OnTheSharedChat
class WebAppInstallIT {
    @RegisterExtension
    static final Chromium CHROMIUM = new Chromium();

    /** Windows of tests have a memory of their own, which Chromium calls incognito. */
    private static final String OF_TESTS = "in-incognito";

    private final SampleChat chat = new SampleChat();

    @Test
    void shouldBeInstallable() {
        // Given
        Page page = CHROMIUM.window();
        page.navigate(chat.address().toString());
        page.waitForFunction("async () => (await navigator.serviceWorker.ready).active !== null");
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
    }
}
