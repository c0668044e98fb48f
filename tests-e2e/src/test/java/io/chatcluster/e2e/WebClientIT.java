package io.chatcluster.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.ConsoleMessage;
import com.microsoft.playwright.Page;
import io.chatcluster.e2e.harness.Chromium;
import io.chatcluster.e2e.harness.FreshNames;
import io.chatcluster.e2e.harness.OnTheSharedChat;
import io.chatcluster.e2e.harness.TestChat;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The example of the README, as it stands there, on a page of an app's own. */
@OnTheSharedChat
class WebClientIT {
    @RegisterExtension
    static final Chromium CHROMIUM = new Chromium();

    private static final Pattern EXAMPLE = Pattern.compile("<!-- client -->\\s*```js\\n(.*?)```", Pattern.DOTALL);

    /** A page that is a script has no icon. */
    private static final Pattern NO_ICON = Pattern.compile(".* 404 \\(Not Found\\) at .*/favicon\\.ico:\\d+:\\d+");

    private final TestChat chat = TestChat.shared();
    private final String alice = new FreshNames().of("alice");

    @Test
    void shouldAddChatToAPageInTenLines() throws IOException {
        // Given
        var example = example();
        // The service's own page has a policy; an app has one of its own.
        Page page = CHROMIUM.window(new Browser.NewContextOptions().setBypassCSP(true));
        page.navigate(chat.serviceAddress() + "/client.js");

        // When
        ConsoleMessage said = page.waitForConsoleMessage(
                new Page.WaitForConsoleMessageOptions()
                        .setPredicate(message -> message.text().contains("Hello, Bob")),
                () -> page.addScriptTag(
                        new Page.AddScriptTagOptions().setType("module").setContent(example)));

        // Then
        assertThat(said.text()).contains(alice);
        assertThat(CHROMIUM.problems()).allMatch(NO_ICON.asMatchPredicate());
    }

    /** With this service's address and a back end that gives out a token. */
    private String example() throws IOException {
        var example = EXAMPLE.matcher(Files.readString(Path.of("../README.md")));
        assertThat(example.find())
                .as("an example after <!-- client --> in README.md")
                .isTrue();
        return example.group(1)
                .replace("'@chatcluster/client'", "'/client.js'")
                .replace("https://chat.example.com", chat.serviceAddress().toString())
                .replace("/my-backend/chat-token", "data:text/plain," + chat.token(alice));
    }
}
