package io.chatcluster.e2e;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import com.google.gson.JsonObject;
import com.microsoft.playwright.CDPSession;
import com.microsoft.playwright.Page;
import io.chatcluster.e2e.harness.ChatClient;
import io.chatcluster.e2e.harness.Chromium;
import io.chatcluster.e2e.harness.OnTheSharedChat;
import io.chatcluster.e2e.harness.Person;
import io.chatcluster.e2e.harness.SendAck;
import io.chatcluster.e2e.harness.TestChat;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

@OnTheSharedChat
class WebAppLongRoomIT {
    @RegisterExtension
    static final Chromium CHROMIUM = new Chromium();

    private static final int MESSAGES = 10_000;
    private static final int AT_ONCE = 500;
    private static final int ROWS_MAX = 80;
    /** Of the page's own work; a screen shows a frame every 16 ms, and this machine may have other things to do. */
    private static final double FRAME_MILLIS_MAX = 100;

    private static final String TO_THE_BEGINNING = """
            async () => {
              const list = document.getElementById('messages');
              while (!document.querySelector('#messages .beginning')) {
                list.scrollTop = 0;
                await new Promise(resolve => requestAnimationFrame(resolve));
              }
            }
            """;
    private static final String THROUGH_ALL = """
            async () => {
              const list = document.getElementById('messages');
              let frames = 0;
              let rows = 0;
              for (let top = 0; top < list.scrollHeight - list.clientHeight; top += list.clientHeight * 2) {
                list.scrollTop = top;
                await new Promise(resolve => requestAnimationFrame(resolve));
                frames++;
                rows = Math.max(rows, list.querySelectorAll('li').length);
                if (!list.querySelector('li.message')) throw new Error(`nothing at ${top}`);
              }
              return { frames, rows };
            }
            """;

    private final TestChat chat = TestChat.shared();
    private final String alice = "alice-" + UUID.randomUUID().toString().substring(0, 4);

    @Test
    void shouldScrollSmoothlyThroughTenThousandMessages() {
        // Given
        fill(chat.api(alice).groupRoom("Long room"));
        Person reader = Person.signedIn(CHROMIUM.window(), chat.serviceAddress(), alice, chat.token(alice));
        reader.opensChat("Long room");
        reader.sees("message number " + MESSAGES + ".");
        Page page = reader.page();
        page.evaluate(TO_THE_BEGINNING);
        reader.sees("message number 1.");

        // When
        double before = busyMillis(page);
        Map<?, ?> seen = (Map<?, ?>) page.evaluate(THROUGH_ALL);
        double busy = busyMillis(page) - before;

        // Then
        int frames = ((Number) java.util.Objects.requireNonNull(seen.get("frames"))).intValue();
        Assertions.assertThat(frames).isGreaterThan(200);
        Assertions.assertThat(((Number) java.util.Objects.requireNonNull(seen.get("rows"))).intValue())
                .isLessThan(ROWS_MAX);
        Assertions.assertThat(busy / frames).as("work of a frame").isLessThan(FRAME_MILLIS_MAX);
        reader.says("still here");
        reader.seesMark("still here", "Sent");
        assertThat(page.locator("#to-latest")).isHidden();
        Assertions.assertThat(CHROMIUM.problems()).isEmpty();
    }

    /** As fast as the room's limit lets through. */
    private void fill(String room) {
        try (var writer =
                ChatClient.connect(chat.token(alice), () -> chat.addresses().getFirst())) {
            // One that is sent again after it was refused may overtake: not the first and the last, which are looked
            // for.
            send(writer, room, 1).join();
            List<CompletableFuture<SendAck>> acks = new ArrayList<>();
            for (int n = 2; n < MESSAGES; n++) {
                acks.add(send(writer, room, n));
                if (n % AT_ONCE == 0) {
                    acks.forEach(CompletableFuture::join);
                    acks.clear();
                }
            }
            acks.forEach(CompletableFuture::join);
            send(writer, room, MESSAGES).join();
        }
    }

    private static CompletableFuture<SendAck> send(ChatClient writer, String room, int n) {
        return writer.send(room, "m" + n, "message number %d.%s".formatted(n, " and some more words".repeat(n % 7)));
    }

    private static double busyMillis(Page page) {
        CDPSession session = page.context().newCDPSession(page);
        session.send("Performance.enable");
        for (var metric : session.send("Performance.getMetrics").getAsJsonArray("metrics")) {
            JsonObject named = metric.getAsJsonObject();
            if (named.get("name").getAsString().equals("TaskDuration")) {
                return named.get("value").getAsDouble() * 1_000;
            }
        }
        throw new AssertionError("the browser does not say how busy it was");
    }
}
