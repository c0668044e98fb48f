package io.chatcluster.e2e;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import io.chatcluster.e2e.harness.ChatClient;
import io.chatcluster.e2e.harness.Chromium;
import io.chatcluster.e2e.harness.FreshNames;
import io.chatcluster.e2e.harness.HistoryGate;
import io.chatcluster.e2e.harness.OnTheSharedChat;
import io.chatcluster.e2e.harness.Person;
import io.chatcluster.e2e.harness.SendAck;
import io.chatcluster.e2e.harness.TestChat;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.stream.IntStream;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A room of ten thousand messages, the last of which answers one in the middle. */
@OnTheSharedChat
@TestInstance(Lifecycle.PER_CLASS)
class WebAppLongRoomIT {
    @RegisterExtension
    static final Chromium CHROMIUM = new Chromium();

    private static final String ROOM = "Long room";
    private static final int MESSAGES = 10_000;
    private static final int QUOTED = 5_000;
    private static final int AT_ONCE = 500;
    private static final int ROWS_MAX = 80;
    private static final double UNSEEN_PX = 2;

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
              const view = list.getBoundingClientRect();
              let frames = 0;
              let most = 0;
              for (let top = 0; top < list.scrollHeight - list.clientHeight; top += list.clientHeight * 2) {
                list.scrollTop = top;
                await new Promise(resolve => requestAnimationFrame(resolve));
                frames++;
                const rows = [...list.querySelectorAll('li:not(.parked)')].map(row => row.getBoundingClientRect());
                most = Math.max(most, rows.length);
                if (!(rows.at(0)?.top < view.top + 1 && rows.at(-1).bottom > view.bottom - 1)) throw new Error(`a gap at ${top}`);
              }
              return { frames, most };
            }
            """;
    /** Goes to an end of what is known, and from then on watches a message that is in view there. */
    private static final String WATCHED_AT_THE_END = """
            async above => {
              const list = document.getElementById('messages');
              const frame = () => new Promise(resolve => requestAnimationFrame(resolve));
              for (let last = -1, looks = 0; last !== list.scrollTop && looks < 20; looks++) {
                last = list.scrollTop;
                list.scrollTop = above ? 0 : list.scrollHeight;
                await frame();
                await frame();
              }
              const rows = [...list.querySelectorAll('li.message:not(.parked)')];
              const topOf = row => row?.getBoundingClientRect().top ?? Infinity;
              const { seq } = rows.find(row => topOf(row) >= list.getBoundingClientRect().top).dataset;
              const find = () => list.querySelector(`[data-seq="${seq}"]`);
              const before = topOf(find());
              window.watched = { edge: Number(rows.at(above ? 0 : -1).dataset.seq), moved: 0 };
              const look = watched => {
                watched.moved = Math.max(watched.moved, Math.abs(topOf(find()) - before));
                if (watched === window.watched) requestAnimationFrame(() => look(watched));
              };
              look(window.watched);
            }
            """;

    private static final String MORE_IS_THERE = """
            above => {
              const rows = [...document.querySelectorAll('#messages li.message:not(.parked)')].map(row => Number(row.dataset.seq));
              return above ? rows.at(0) < window.watched.edge : rows.at(-1) > window.watched.edge;
            }
            """;
    private static final String MOVED = """
            async () => {
              for (let frames = 0; frames < 3; frames++) await new Promise(resolve => requestAnimationFrame(resolve));
              return window.watched.moved;
            }
            """;

    private final TestChat chat = TestChat.shared();
    private final FreshNames names = new FreshNames();

    @BeforeAll
    void fill() {
        var alice = user("alice");
        var room = chat.api(alice).groupRoom(ROOM, user("bob"), user("carol"));
        try (var writer =
                ChatClient.connect(chat.token(alice), () -> chat.addresses().getFirst())) {
            // One that is sent again after it was refused may overtake: not those that are looked for.
            send(writer, room, 1).join();
            sendAll(writer, room, 2, QUOTED);
            var quoted = send(writer, room, QUOTED).join();
            sendAll(writer, room, QUOTED + 1, MESSAGES);
            answer(writer, room, quoted);
        }
    }

    /** As fast as the room's limit lets through. */
    private static void sendAll(ChatClient writer, String room, int from, int to) {
        for (int first = from; first < to; first += AT_ONCE) {
            IntStream.range(first, Math.min(first + AT_ONCE, to))
                    .mapToObj(n -> send(writer, room, n))
                    .toList()
                    .forEach(CompletableFuture::join);
        }
    }

    private static CompletableFuture<SendAck> send(ChatClient writer, String room, int n) {
        return writer.send(room, "m" + n, text(n) + " and some more words".repeat(n % 7));
    }

    private static void answer(ChatClient writer, String room, SendAck quoted) {
        var answer = new ObjectMapper()
                .createObjectNode()
                .put("room", room)
                .put("clientMessageId", "m" + MESSAGES)
                .put("text", text(MESSAGES))
                .put("replyTo", quoted.seq());
        // The limit may not let it through at once.
        await().atMost(TestChat.READY)
                .ignoreException(CompletionException.class)
                .until(() -> writer.command("send", answer).join().has("seq"));
    }

    private static String text(int n) {
        return "message number " + n + ".";
    }

    private String user(String name) {
        return names.of(name);
    }

    private Person signedIn(Page window, String name) {
        return Person.signedIn(window, chat.serviceAddress(), user(name), chat.token(user(name)));
    }

    @AfterEach
    void assertThatNoScriptFailed() {
        Assertions.assertThat(CHROMIUM.problems()).isEmpty();
    }

    @Test
    void shouldFillTheWindowWithFewRowsWhereverOneScrolls() {
        // Given
        Person alice = signedIn(CHROMIUM.window(), "alice");
        alice.opensChat(ROOM);
        alice.sees(text(MESSAGES));
        Page page = alice.page();
        page.evaluate(TO_THE_BEGINNING);
        alice.sees(text(1));

        // When
        Map<?, ?> seen = (Map<?, ?>) page.evaluate(THROUGH_ALL);

        // Then
        Assertions.assertThat((Integer) seen.get("frames")).isGreaterThan(200);
        Assertions.assertThat((Integer) seen.get("most")).isLessThan(ROWS_MAX);
        alice.says("still here");
        alice.seesMark("still here", "Sent");
        assertThat(page.locator("#to-latest")).isHidden();
    }

    @Test
    void shouldGoToWhatIsQuotedAndOnFromThereBothWaysWithoutAJump() {
        // Given
        Page page = CHROMIUM.window();
        HistoryGate gate = HistoryGate.of(page);
        Person bob = signedIn(page, "bob");
        bob.opensChat(ROOM);
        page.click("#to-latest");
        Locator answer = bob.messages(text(MESSAGES));

        // When
        answer.locator(".quote").click();

        // Then
        Locator quoted = bob.messages(text(QUOTED));
        assertThat(quoted).isInViewport();
        assertThat(quoted).isFocused();
        for (boolean above : List.of(true, false)) {
            gate.shut();
            page.evaluate(WATCHED_AT_THE_END, above);
            page.waitForCondition(gate::holds);
            gate.open();
            page.waitForFunction(MORE_IS_THERE, above);
            Assertions.assertThat(((Number) page.evaluate(MOVED)).doubleValue())
                    .as(above ? "when older messages come" : "when newer messages come")
                    .isLessThanOrEqualTo(UNSEEN_PX);
        }
        page.click("#to-latest");
        assertThat(answer).isInViewport();
    }

    @Test
    void shouldBeginWhereOneLeftOffHoweverLongAgo() {
        // Given
        Person carol = signedIn(CHROMIUM.window(), "carol");
        Locator unread = carol.page().locator("#rooms .badge");
        assertThat(unread).hasText("1000+");

        // When
        carol.opensChat(ROOM);

        // Then
        assertThat(carol.page().locator("#unread-line")).isInViewport();
        assertThat(carol.page().locator("#unread-line + li")).containsText(text(1));
        carol.page().click("#to-latest");
        assertThat(carol.messages(text(MESSAGES))).isInViewport();
        assertThat(unread).hasCount(0);
    }
}
