package io.chatcluster.e2e.harness;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.WebSocketRoute;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Between a page and the chat: while it is shut, the page waits for what it asked of a room's history. */
public final class HistoryGate {
    private static final String HISTORY = "\"history\":";

    private final List<String> held = new ArrayList<>();
    private @Nullable WebSocketRoute browser;
    private boolean shut;

    private HistoryGate() {}

    /** For a page that has not connected yet. */
    public static HistoryGate of(Page page) {
        var gate = new HistoryGate();
        page.routeWebSocket("**/ws", gate::carry);
        return gate;
    }

    private void carry(WebSocketRoute socket) {
        browser = socket;
        socket.connectToServer().onMessage(frame -> {
            if (shut && frame.text().contains(HISTORY)) {
                held.add(frame.text());
            } else {
                socket.send(frame.text());
            }
        });
    }

    public void shut() {
        shut = true;
    }

    /** The page has asked, and would have its answer by now. */
    public boolean holds() {
        return !held.isEmpty();
    }

    public void open() {
        shut = false;
        if (browser != null) {
            held.forEach(browser::send);
        }
        held.clear();
    }
}
