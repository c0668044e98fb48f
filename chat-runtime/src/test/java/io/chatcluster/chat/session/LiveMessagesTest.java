package io.chatcluster.chat.session;

import static io.chatcluster.chat.session.ChatClient.object;
import static io.chatcluster.chat.session.ChatFixture.api;
import static io.chatcluster.chat.session.ChatFixture.direct;
import static io.chatcluster.chat.session.ChatFixture.group;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What connections tell each other through the service. */
@QuarkusTest
@QuarkusTestResource(GeneratedKeys.class)
class LiveMessagesTest {

    @RegisterExtension
    final ChatFixture chat = new ChatFixture();

    @Test
    void shouldPushEachMessageToEveryMemberTheSenderIncluded() {
        // Given
        String room = group(chat.alice, chat.bob);
        ChatClient sender = chat.connected(chat.alice);
        ChatClient other = chat.connected(chat.bob);

        // When
        JsonNode ack =
                sender.reply(sender.startSend(room, "c1", "héllo \"you\"")).path("send");

        // Then
        for (ChatClient client : List.of(sender, other)) {
            JsonNode event = client.awaitEvents(room, 1).getFirst();
            assertThat(event.path("seq").asLong()).isEqualTo(ack.path("seq").asLong());
            assertThat(event.path("time").asLong()).isEqualTo(ack.path("time").asLong());
            assertThat(event.path("from").asText()).isEqualTo(chat.alice);
            assertThat(event.path("text").asText()).isEqualTo("héllo \"you\"");
            assertThat(event.path("clientMessageId").asText()).isEqualTo("c1");
        }
        assertThat(ack.path("duplicate").asBoolean()).isFalse();
    }

    @Test
    void shouldStoreARepeatOnce() {
        // Given
        String room = group(chat.alice);
        ChatClient client = chat.connected(chat.alice);
        long first = client.reply(client.startSend(room, "c1", "once"))
                .at("/send/seq")
                .asLong();

        // When
        JsonNode repeat = client.reply(client.startSend(room, "c1", "once")).path("send");

        // Then
        assertThat(repeat.path("seq").asLong()).isEqualTo(first);
        assertThat(repeat.path("duplicate").asBoolean()).isTrue();
    }

    @Test
    void shouldKeepTheOrderOfPipelinedSendsAndPushThemDensely() {
        // Given
        String room = group(chat.alice, chat.bob);
        ChatClient sender = chat.connected(chat.alice);
        ChatClient other = chat.connected(chat.bob);
        int count = 200;

        // When
        List<Integer> ids = IntStream.range(0, count)
                .map(i -> sender.startSend(room, "c" + i, "message " + i))
                .boxed()
                .toList();

        // Then
        List<Long> sequences = ids.stream()
                .map(id -> sender.reply(id).at("/send/seq").asLong())
                .toList();
        assertThat(sequences).isSorted().doesNotHaveDuplicates();
        List<JsonNode> events = other.awaitEvents(room, count);
        assertThat(events).hasSize(count);
        assertDense(events);
        assertThat(events.stream().map(event -> event.path("text").asText()))
                .containsExactlyElementsOf(
                        IntStream.range(0, count).mapToObj(i -> "message " + i).toList());
    }

    @Test
    void shouldPushWhatWasMissedInOrderAndThenGoOnLive() {
        // Given
        String room = group(chat.alice, chat.bob);
        ChatClient sender = chat.connected(chat.alice);
        int missed = 230;
        List<Integer> ids = IntStream.range(0, missed)
                .mapToObj(i -> sender.startSend(room, "c" + i, "m" + i))
                .toList();
        ids.forEach(id -> assertThat(sender.reply(id).has("send")).isTrue());

        // When
        ChatClient other = chat.resumed(chat.bob, room, 0);
        sender.reply(sender.startSend(room, "last", "live"));

        // Then
        long last = sender.awaitEvents(room, missed + 1).getLast().path("seq").asLong();
        List<JsonNode> events = other.awaitEvents(room, (int) last);
        assertThat(other.received().getFirst().has("connect")).isTrue();
        assertThat(events.getFirst().path("seq").asLong()).isEqualTo(1);
        assertThat(events.getLast().path("text").asText()).isEqualTo("live");
        assertDense(events);
    }

    @Test
    void shouldTellAGapWhenTooMuchWasMissed() {
        // Given
        String room = group(chat.alice, chat.bob);
        ChatClient sender = chat.connected(chat.alice);
        List<Integer> ids = new ArrayList<>();
        for (int i = 0; i < 1_005; i++) {
            ids.add(sender.startSend(room, "c" + i, "m" + i));
            if (i % 100 == 99) {
                sender.reply(ids.getLast());
            }
        }
        ids.forEach(
                id -> assertThat(sender.reply(id).has("send")).as("send %s", id).isTrue());

        // When
        ChatClient other = chat.resumed(chat.bob, room, 1);
        sender.reply(sender.startSend(room, "last", "live"));

        // Then
        JsonNode entry = other.received().getFirst().at("/connect/rooms/0");
        assertThat(entry.path("gap").asBoolean()).isTrue();
        JsonNode first = other.awaitEvents(room, 1).getFirst();
        assertThat(first.path("seq").asLong()).isEqualTo(entry.path("tail").asLong() + 1);
        assertThat(first.path("text").asText()).isEqualTo("live");
    }

    @Test
    void shouldPageHistoryAndStoreTheReadMarker() {
        // Given
        String room = group(chat.alice, chat.bob);
        ChatClient client = chat.connected(chat.alice);
        long seq = client.reply(client.startSend(room, "c1", "hello"))
                .at("/send/seq")
                .asLong();

        // When
        JsonNode history = client.request("history", object().put("room", room).put("limit", 1))
                .path("history");
        JsonNode read = client.request("read", object().put("room", room).put("seq", seq));

        // Then
        assertThat(history.path("events")).hasSize(1);
        assertThat(history.at("/events/0/text").asText()).isEqualTo("hello");
        assertThat(read.has("read")).isTrue();
        assertThat(chat.connected(chat.alice)
                        .received()
                        .getFirst()
                        .at("/connect/rooms/0/read")
                        .asLong())
                .isEqualTo(seq);
    }

    @Test
    void shouldNotTellARoomOfOthersFromNoRoom() {
        // Given
        String room = group(chat.alice);
        ChatClient stranger = chat.connected(chat.bob);

        // When
        JsonNode foreign = stranger.reply(stranger.startSend(room, "c1", "hi")).path("error");
        JsonNode missing =
                stranger.reply(stranger.startSend("g-none", "c1", "hi")).path("error");

        // Then
        assertThat(foreign.path("code").asText()).isEqualTo("not_found");
        assertThat(foreign.toString().replace(room, "g-none")).isEqualTo(missing.toString());
    }

    @Test
    void shouldFollowRoomsThatAreAddedAndRemovedWhileConnected() {
        // Given
        ChatClient client = chat.connected(chat.bob);

        // When
        String room = group(chat.alice, chat.bob);
        ChatClient sender = chat.connected(chat.alice);
        sender.reply(sender.startSend(room, "c1", "welcome"));

        // Then
        client.awaitFrame(frame -> frame.at("/room/change").asText().equals("added")
                && frame.at("/room/room").asText().equals(room));
        client.awaitFrame(frame -> frame.toString().contains("welcome"));

        // When
        api(chat.alice)
                .delete("/api/v1/rooms/" + room + "/members/" + chat.bob)
                .then()
                .statusCode(204);

        // Then
        client.awaitFrame(frame -> frame.at("/room/change").asText().equals("removed")
                && frame.at("/room/room").asText().equals(room));
        assertThat(client.reply(client.startSend(room, "c2", "still here?"))
                        .at("/error/code")
                        .asText())
                .isEqualTo("not_found");
    }

    @Test
    void shouldFindTheSameDirectRoomFromBothSides() {
        // When
        String fromAlice = direct(chat.alice, chat.bob);
        String fromBob = direct(chat.bob, chat.alice);

        // Then
        assertThat(fromAlice).isEqualTo(fromBob);
        ChatClient one = chat.connected(chat.alice);
        ChatClient other = chat.connected(chat.bob);
        one.startSend(fromAlice, "c1", "hi");
        assertThat(other.awaitFrame(frame -> frame.toString().contains("\"hi\""))
                        .at("/push/room")
                        .asText())
                .isEqualTo(fromAlice);
    }

    @Test
    void shouldShowMissedMessagesAsTheyAreNowAndLeaveOutNoSequence() {
        // Given
        String room = group(chat.alice, chat.bob);
        ChatClient sender = chat.connected(chat.alice);
        sender.reply(sender.startSend(room, "c1", "taken back"));
        sender.reply(sender.startSend(room, "c2", "first wording"));
        ObjectNode first = object().put("room", room).put("seq", 1);
        sender.request("edit", first.deepCopy().put("text", "also taken back"));
        sender.request("delete", first);
        sender.request("edit", object().put("room", room).put("seq", 2).put("text", "second wording"));

        // When
        ChatClient other = chat.resumed(chat.bob, room, 0);

        // Then
        List<JsonNode> events = other.awaitEvents(room, 5);
        assertDense(events);
        assertThat(events.toString()).doesNotContain("taken back", "first wording");
        assertThat(events.getFirst().path("deleted").asBoolean()).isTrue();
        assertThat(events.get(1).path("text").asText()).isEqualTo("second wording");
        assertThat(events.get(1).path("editedAt").asLong())
                .isEqualTo(events.get(4).path("time").asLong());
        assertThat(events.stream().map(event -> event.path("type").asText()))
                .containsExactly("message", "message", "edit", "delete", "edit");
    }

    private static void assertDense(List<JsonNode> events) {
        long first = events.getFirst().path("seq").asLong();
        assertThat(events.stream().map(event -> event.path("seq").asLong()))
                .containsExactlyElementsOf(
                        LongStream.range(first, first + events.size()).boxed().toList());
    }
}
