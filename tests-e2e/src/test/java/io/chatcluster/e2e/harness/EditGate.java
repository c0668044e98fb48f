package io.chatcluster.e2e.harness;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.WebSocketRoute;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Between a page and the chat: while it is shut, a change of a message waits there, and may be refused. */
public final class EditGate {
    private static final Pattern EDIT = Pattern.compile("\"id\":(\\d+),\"edit\":");
    private static final String REFUSAL =
            "{\"id\":%s,\"error\":{\"code\":\"unavailable\",\"message\":\"refused\",\"retryable\":true}}";

    private @Nullable WebSocketRoute browser;
    private @Nullable String held;
    private boolean shut;

    private EditGate() {}

    /** For a page that has not connected yet. */
    public static EditGate of(Page page) {
        var gate = new EditGate();
        page.routeWebSocket("**/ws", gate::carry);
        return gate;
    }

    private void carry(WebSocketRoute socket) {
        browser = socket;
        WebSocketRoute chat = socket.connectToServer();
        socket.onMessage(frame -> {
            Matcher edit = EDIT.matcher(frame.text());
            if (shut && edit.find()) {
                held = edit.group(1);
            } else {
                chat.send(frame.text());
            }
        });
    }

    /** Shuts itself, and has the page's person ask for an edit of what they say, which is still without an answer then. */
    public void hold(Person person, String said, String changed) {
        shut = true;
        person.saysAndEdits(said);
        person.says(changed);
        person.page().waitForCondition(() -> held != null);
    }

    /** Answers that it cannot be done, and lets through what comes from now on. */
    public void refuse() {
        shut = false;
        if (browser != null) {
            browser.send(REFUSAL.formatted(held));
        }
        held = null;
    }
}
