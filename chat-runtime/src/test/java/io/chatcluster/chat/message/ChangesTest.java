package io.chatcluster.chat.message;

import static io.chatcluster.chat.services.TwoPods.ALICE;
import static io.chatcluster.chat.services.TwoPods.BOB;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import io.chatcluster.chat.protocol.ChatException;
import io.chatcluster.chat.protocol.ErrorCode;
import io.chatcluster.chat.room.Role;
import io.chatcluster.chat.room.UserId;
import io.chatcluster.chat.services.Inbox;
import io.chatcluster.chat.services.Pod;
import io.chatcluster.chat.services.TwoPods;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class ChangesTest {

    private static final UserId CAROL = new UserId("carol");

    @RegisterExtension
    final TwoPods pods = new TwoPods();

    private static long seq(CompletionStage<Long> change) {
        return change.toCompletableFuture().join();
    }

    private long edit(Pod pod, long seq, String text) {
        return seq(pod.changes.edit(ALICE, pods.room(), seq, text));
    }

    private long react(Pod pod, UserId user, long seq, String emoji) {
        return seq(pod.changes.react(user, pods.room(), seq, emoji, false));
    }

    private JsonNode shown(Pod pod, long seq) {
        EventPage page = pod.messages.history(BOB, pods.room(), new HistoryQuery(null, seq - 1, null, 1));
        return EventJson.read(page.events().getFirst().body());
    }

    private static void assertRefused(ErrorCode code, ThrowingCallable change) {
        assertThatThrownBy(change)
                .isInstanceOfSatisfying(
                        ChatException.class, e -> assertThat(e.code()).isEqualTo(code));
    }

    @Test
    void shouldShowTheLatestEditThatLiesFarOutsideOfThePage() {
        // Given
        pods.send(pods.one(), 1, 30);

        // When
        edit(pods.one(), 2, "second");
        edit(pods.two(), 2, "third \"é\"");

        // Then
        JsonNode message = shown(pods.two(), 2);
        assertThat(message.path("text").asText()).isEqualTo("third \"é\"");
        assertThat(message.path("editedAt").asLong()).isPositive();
        assertThat(message.path("clientMessageId").asText()).isEqualTo("m2");
        assertThat(shown(pods.one(), 3).has("editedAt")).isFalse();
    }

    @Test
    void shouldShowNothingOfADeletedMessageButItsPlace() {
        // Given
        pods.send(pods.one(), 1, 3);
        react(pods.two(), BOB, 1, "👍");

        // When
        long deletion = seq(pods.one().changes.delete(ALICE, pods.room(), 1));
        long again = seq(pods.two().changes.delete(ALICE, pods.room(), 1));

        // Then
        assertThat(again).isEqualTo(deletion).isEqualTo(5);
        JsonNode message = shown(pods.two(), 1);
        assertThat(message.path("deleted").asBoolean()).isTrue();
        assertThat(message.has("text") || message.has("reactions") || message.has("attachments"))
                .isFalse();
        assertRefused(ErrorCode.CONFLICT, () -> edit(pods.two(), 1, "late"));
        assertRefused(ErrorCode.CONFLICT, () -> react(pods.two(), BOB, 1, "👍"));
    }

    @Test
    void shouldShowNoEarlierTextOfADeletedMessageInHistory() {
        // Given
        pods.send(pods.one(), 1, 2);
        long edit = edit(pods.one(), 1, "secret");

        // When
        seq(pods.one().changes.delete(ALICE, pods.room(), 1));

        // Then
        for (long after : List.of(0L, edit - 1)) {
            EventPage page = pods.two().messages.history(BOB, pods.room(), new HistoryQuery(null, after, null, 50));
            assertThat(page.events()).extracting(StoredEvent::body).noneMatch(body -> body.contains("secret"));
            assertThat(page.events().getLast().seq()).isEqualTo(edit + 1);
        }
    }

    @Test
    void shouldFoldReactionsInTheOrderTheyCame() {
        // Given
        pods.send(pods.one(), 1, 1);

        // When
        long first = react(pods.two(), BOB, 1, "👍");
        react(pods.one(), ALICE, 1, "👍");
        react(pods.one(), ALICE, 1, "🎉");
        seq(pods.two().changes.react(ALICE, pods.room(), 1, "🎉", true));
        long repeated = react(pods.one(), BOB, 1, "👍");

        // Then
        assertThat(repeated).isEqualTo(first);
        assertThat(shown(pods.two(), 1).path("reactions").toString())
                .isEqualTo("{\"👍\":{\"count\":2,\"users\":[\"bob\",\"alice\"]}}");
        assertThat(pods.one().log.tail(pods.room()).seq()).isEqualTo(5);
    }

    @Test
    void shouldShowChangesWhosePodWentAwayRightAfterTheCommit() {
        // Given
        pods.send(pods.one(), 1, 2);
        pods.one()
                .writers
                .append(pods.room(), EventBody.edit(ALICE, 1, "first"))
                .join();
        pods.send(pods.one(), 4, 4);
        pods.one()
                .writers
                .append(pods.room(), EventBody.edit(ALICE, 2, "other"))
                .join();
        pods.one()
                .writers
                .append(pods.room(), EventBody.edit(ALICE, 1, "second"))
                .join();
        pods.send(pods.one(), 7, 8);

        // When
        JsonNode message = shown(pods.two(), 1);
        edit(pods.two(), 2, "last");

        // Then
        assertThat(message.path("text").asText()).isEqualTo("second");
        assertThat(shown(pods.one(), 1).path("text").asText()).isEqualTo("second");
        assertThat(shown(pods.one(), 2).path("text").asText()).isEqualTo("last");
    }

    @Test
    void shouldComeToTheSameStateHoweverManyPodsFold() {
        // Given
        pods.send(pods.one(), 1, 1);
        List<CompletableFuture<Long>> changes = new ArrayList<>();

        // When
        for (int i = 0; i < 60; i++) {
            Pod pod = i % 2 == 0 ? pods.one() : pods.two();
            String emoji = "e" + i % 10;
            UserId user = i % 3 == 0 ? ALICE : BOB;
            boolean remove = i % 7 == 0;
            changes.add(
                    CompletableFuture.supplyAsync(() -> seq(pod.changes.react(user, pods.room(), 1, emoji, remove))));
        }
        changes.forEach(CompletableFuture::join);

        // Then
        MessageState expected = MessageState.unchanged(1);
        for (StoredEvent event : pods.one().log.after(pods.room(), 1, 1_000)) {
            expected = expected.with(MessageChange.of(event).orElseThrow());
        }
        JsonNode model = EventJson.read(
                expected.show(pods.one().log.after(pods.room(), 0, 1).getFirst())
                        .body());
        assertThat(shown(pods.one(), 1)).isEqualTo(model);
        assertThat(shown(pods.two(), 1)).isEqualTo(model);
    }

    @Test
    void shouldLetOnlyTheAuthorEditAndAlsoAdminsDelete() {
        // Given
        pods.one().rooms.putMember(ALICE, pods.room(), CAROL, Role.READONLY);
        long alices = pods.one().send(ALICE, pods.room(), "a").join().seq();
        long bobs = pods.one().send(BOB, pods.room(), "b").join().seq();

        // When
        // Then
        assertRefused(ErrorCode.FORBIDDEN, () -> pods.one().changes.edit(BOB, pods.room(), alices, "x"));
        assertRefused(ErrorCode.FORBIDDEN, () -> pods.one().changes.edit(ALICE, pods.room(), bobs, "x"));
        assertRefused(ErrorCode.FORBIDDEN, () -> pods.one().changes.delete(BOB, pods.room(), alices));
        assertRefused(ErrorCode.FORBIDDEN, () -> pods.one().changes.react(CAROL, pods.room(), alices, "x", false));
        assertRefused(
                ErrorCode.NOT_FOUND,
                () -> pods.one().changes.react(new UserId("mallory"), pods.room(), alices, "x", false));
        assertThat(seq(pods.one().changes.delete(ALICE, pods.room(), bobs))).isEqualTo(bobs + 1);
    }

    @Test
    void shouldChangeNothingButMessagesOfTheRoom() {
        // Given
        pods.one().rooms.putMember(ALICE, pods.room(), CAROL, Role.MEMBER);
        long joined = pods.one().log.tail(pods.room()).seq();

        // When
        // Then
        assertRefused(ErrorCode.NOT_FOUND, () -> pods.one().changes.edit(ALICE, pods.room(), joined, "x"));
        assertRefused(ErrorCode.NOT_FOUND, () -> pods.one().changes.delete(ALICE, pods.room(), joined + 1));
        assertRefused(ErrorCode.NOT_FOUND, () -> pods.one().changes.react(ALICE, pods.room(), 0, "x", false));
    }

    @Test
    void shouldBoundReactions() {
        // Given
        pods.send(pods.one(), 1, 1);

        // When
        for (int i = 0; i < MessageState.EMOJI_MAX; i++) {
            react(pods.one(), ALICE, 1, "e" + i);
        }

        // Then
        assertRefused(ErrorCode.CONFLICT, () -> react(pods.two(), BOB, 1, "more"));
        assertRefused(ErrorCode.INVALID, () -> react(pods.two(), BOB, 1, "e 0"));
        assertRefused(ErrorCode.INVALID, () -> react(pods.two(), BOB, 1, "e".repeat(33)));
        assertThat(react(pods.two(), BOB, 1, "e0")).isEqualTo(22);
    }

    @Test
    void shouldPushChangesAsTheEventsTheyAre() {
        // Given
        Inbox inbox = new Inbox();
        pods.send(pods.one(), 1, 1);
        pods.two().hub.attach(BOB, pods.room(), 0, inbox);

        // When
        edit(pods.one(), 1, "new");
        react(pods.two(), BOB, 1, "👍");
        seq(pods.one().changes.delete(ALICE, pods.room(), 1));

        // Then
        assertThat(inbox.await(4, Duration.ofSeconds(12)).seqs()).isEqualTo(Inbox.dense(1, 4));
        assertThat(inbox.events())
                .extracting(event -> event.path("type").asText())
                .containsExactly("message", "edit", "reaction", "delete");
        assertThat(inbox.events().subList(1, 4))
                .allSatisfy(event -> assertThat(event.path("target").asLong()).isEqualTo(1));
    }
}
