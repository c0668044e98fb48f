package io.chatcluster.chat.histories;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.chatcluster.chat.message.EventPage;
import io.chatcluster.chat.message.HistoryQuery;
import io.chatcluster.chat.message.StoredEvent;
import io.chatcluster.chat.room.UserId;
import io.chatcluster.chat.services.Inbox;
import io.chatcluster.chat.services.Patience;
import io.chatcluster.chat.services.Pod;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Compares what a history has come to with what it must come to. */
final class HistoryCheck {

    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final int EVENTS_MAX = 100_000;

    private final RandomHistory history;
    private final Model model;
    private final List<StoredEvent> log;

    HistoryCheck(RandomHistory history) {
        this.history = history;
        this.log = log();
        this.model = new Model(log);
    }

    /** A put that a lost pod still had on the way may come later and make it longer. */
    private List<StoredEvent> log() {
        return history.anyPod().log.after(history.room(), 0, EVENTS_MAX);
    }

    void check() {
        assertThat(log).extracting(StoredEvent::seq).isEqualTo(Inbox.dense(1, log.size()));
        assertThat(log).extracting(StoredEvent::time).isSorted();
        assertMessagesOnce();
        assertChangesOnce();
        assertOrderOfEachPod();
        assertDevices();
        assertPages();
    }

    private void assertMessagesOnce() {
        Map<String, Long> committed = new HashMap<>();
        for (JsonNode event : model.events) {
            if (event.path("type").asText().equals("message")) {
                String id = event.path("clientMessageId").asText();
                assertThat(committed.put(id, event.path("seq").asLong()))
                        .as("an earlier place of %s", id)
                        .isNull();
            }
        }
        Map<String, Long> acked = new HashMap<>();
        history.sent.forEach((id, sent) -> acked.put(id, sent.ack.join().seq()));
        assertThat(committed).isEqualTo(acked);
    }

    private void assertChangesOnce() {
        Map<String, Integer> edits = new HashMap<>();
        model.events.stream()
                .filter(event -> event.path("type").asText().equals("edit"))
                .forEach(event -> edits.merge(event.path("text").asText(), 1, Integer::sum));
        assertThat(edits.values()).allMatch(times -> times == 1);
        history.changes.forEach((name, change) -> {
            if (!change.isCompletedExceptionally()) {
                assertThat(change.join()).as(name).isBetween(1L, (long) log.size());
                if (name.startsWith("edit")) {
                    assertThat(model.events
                                    .get((int) (change.join() - 1))
                                    .path("text")
                                    .asText())
                            .isEqualTo(name);
                }
            }
        });
    }

    /** A pod commits what it takes in that order; what was sent twice may have come in elsewhere. */
    private void assertOrderOfEachPod() {
        Map<String, List<Long>> bySource = new HashMap<>();
        history.sent.values().stream()
                .filter(sent -> !sent.repeated)
                .forEach(sent -> bySource.computeIfAbsent(sent.from + " " + sent.pod, source -> new ArrayList<>())
                        .add(sent.ack.join().seq()));
        assertThat(bySource.values()).allSatisfy(seqs -> assertThat(seqs).isSorted());
    }

    private void assertDevices() {
        for (Device device : history.devices) {
            if (device.connected()) {
                Patience.await(device + " has everything")
                        .atMost(PATIENCE)
                        .pollInterval(Duration.ofMillis(5))
                        .until(() -> device.count() >= log.size());
                device.disconnect();
            }
            assertReceived(device);
        }
        for (int i = 0; i < history.carolHad.size(); i++) {
            assertThat((long) history.carolHad.get(i))
                    .as("what carol had when she was removed")
                    .isLessThanOrEqualTo(model.left.get(i));
        }
    }

    private void assertReceived(Device device) {
        List<JsonNode> received = device.received();
        Model committed = new Model(log());
        assertThat(received)
                .as("events of %s", device)
                .extracting(event -> event.path("seq").asLong())
                .isEqualTo(Inbox.dense(1, received.size()));
        assertThat(received).as("events of %s", device).allMatch(committed::hasLooked);
        if (received.size() == committed.events.size()) {
            assertSame(Model.ofClient(received), committed);
        }
    }

    /** Somebody who takes account of some changes twice knows the same in the end. */
    private static void assertSame(Model client, Model committed) {
        committed.messages.forEach((seq, message) -> {
            Model.Message known = client.messages.getOrDefault(seq, new Model.Message());
            assertThat(known.deleted).as("deleted %d", seq).isEqualTo(message.deleted);
            assertThat(known.text).as("text of %d", seq).isEqualTo(message.text);
            assertThat(sorted(known.reactions)).as("reactions to %d", seq).isEqualTo(sorted(message.reactions));
        });
    }

    private static Map<String, List<String>> sorted(Map<String, List<String>> reactions) {
        Map<String, List<String>> sorted = new HashMap<>();
        reactions.forEach(
                (emoji, users) -> sorted.put(emoji, users.stream().sorted().toList()));
        return sorted;
    }

    private void assertPages() {
        List<StoredEvent> before;
        List<JsonNode> shown;
        do {
            before = log();
            shown = pages();
        } while (log().size() > before.size());
        assertThat(shown).hasSameSizeAs(before);
        assertShown(new Model(before), shown);
    }

    private List<JsonNode> pages() {
        Pod pod = history.anyPod();
        List<JsonNode> shown = new ArrayList<>();
        EventPage page;
        do {
            HistoryQuery next = HistoryQuery.of(null, (long) shown.size(), null, 17);
            page = pod.messages.history(new UserId("bob"), history.room(), next);
            page.events().forEach(event -> shown.add(Model.json(event.json())));
        } while (page.more());
        return shown;
    }

    private static void assertShown(Model expected, List<JsonNode> shown) {
        expected.messages.forEach((seq, message) -> {
            JsonNode event = shown.get((int) (seq - 1));
            assertThat(event.path("deleted").asBoolean()).as("deleted %d", seq).isEqualTo(message.deleted);
            assertThat(event.path("text").asText())
                    .as("text of %d", seq)
                    .isEqualTo(message.deleted ? "" : message.text);
            assertThat(event.has("editedAt")).as("edited %d", seq).isEqualTo(message.edited && !message.deleted);
            assertThat(reactions(event)).as("reactions to %d", seq).isEqualTo(message.reactions);
        });
    }

    private static Map<String, List<String>> reactions(JsonNode event) {
        Map<String, List<String>> reactions = new HashMap<>();
        event.path("reactions").properties().forEach(entry -> {
            List<String> users = new ArrayList<>();
            entry.getValue().path("users").forEach(user -> users.add(user.asText()));
            reactions.put(entry.getKey(), users);
        });
        return reactions;
    }
}
