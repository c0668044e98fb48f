package io.chatcluster.chat.message;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.chatcluster.chat.room.UserId;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SequencedMap;
import org.jspecify.annotations.Nullable;

/**
 * What the changes of one message, in the log's order, have made of it. The same changes give the same state on every
 * pod; its size is bounded whatever the changes are.
 *
 * @param target the message's sequence
 * @param lastChange the sequence of the last change it takes account of; 0 for none
 * @param edit the latest edit; null while the text is the first one
 * @param deleted the sequence of the deletion; 0 while there is none
 * @param reactions by emoji, the users in the order they reacted, with the sequence of their reaction
 */
record MessageState(
        long target,
        long lastChange,
        @Nullable Edit edit,
        long deleted,
        SequencedMap<String, SequencedMap<UserId, Long>> reactions) {

    /** Distinct emoji on one message: further ones are not taken. */
    static final int EMOJI_MAX = 20;
    /** Reactions on one message: further ones are not taken. */
    static final int REACTIONS_MAX = 1_000;
    /** Users named for an emoji; all are counted. */
    static final int USERS_SHOWN_MAX = 50;

    /** @param time epoch milliseconds */
    record Edit(long seq, long time, String text) {}

    MessageState {
        SequencedMap<String, SequencedMap<UserId, Long>> copy = new LinkedHashMap<>();
        reactions.forEach(
                (emoji, users) -> copy.put(emoji, Collections.unmodifiableSequencedMap(new LinkedHashMap<>(users))));
        reactions = Collections.unmodifiableSequencedMap(copy);
    }

    /** The message as it was sent. */
    static MessageState unchanged(long target) {
        return new MessageState(target, 0, null, 0, new LinkedHashMap<>());
    }

    /** The state after one more change; the same one when it is accounted for already. */
    MessageState with(MessageChange change) {
        if (change.seq() <= lastChange) {
            return this;
        }
        if (deleted > 0) {
            return new MessageState(target, change.seq(), edit, deleted, reactions);
        }
        return switch (change) {
            case MessageChange.Edited edited ->
                new MessageState(
                        target, change.seq(), new Edit(edited.seq(), edited.time(), edited.text()), deleted, reactions);
            case MessageChange.Deleted deletion ->
                new MessageState(target, change.seq(), null, deletion.seq(), new LinkedHashMap<>());
            case MessageChange.Reacted reacted ->
                new MessageState(target, change.seq(), edit, deleted, reactions(reacted));
        };
    }

    private SequencedMap<String, SequencedMap<UserId, Long>> reactions(MessageChange.Reacted reacted) {
        SequencedMap<String, SequencedMap<UserId, Long>> changed = new LinkedHashMap<>(reactions);
        SequencedMap<UserId, Long> users =
                new LinkedHashMap<>(reactions.getOrDefault(reacted.emoji(), new LinkedHashMap<>()));
        if (reacted.remove()) {
            users.remove(reacted.user());
        } else if (takes(reacted.emoji())) {
            users.putIfAbsent(reacted.user(), reacted.seq());
        }
        if (users.isEmpty()) {
            changed.remove(reacted.emoji());
        } else {
            changed.put(reacted.emoji(), users);
        }
        return changed;
    }

    /** Whether the message has room for one more reaction with the emoji. */
    boolean takes(String emoji) {
        int all = reactions.values().stream().mapToInt(Map::size).sum();
        return all < REACTIONS_MAX && (reactions.containsKey(emoji) || reactions.size() < EMOJI_MAX);
    }

    /** The sequence of the user's reaction with the emoji; 0 when there is none. */
    long reaction(UserId user, String emoji) {
        SequencedMap<UserId, Long> users = reactions.get(emoji);
        return users == null ? 0 : users.getOrDefault(user, 0L);
    }

    /** The message with its changes, as history shows it. */
    StoredEvent show(StoredEvent message) {
        ObjectNode json = EventJson.read(message.body());
        if (deleted > 0) {
            json.remove("text");
            json.remove("attachments");
            json.put("deleted", true);
        } else if (edit != null) {
            json.put("text", edit.text());
            json.put("editedAt", edit.time());
        }
        if (!reactions.isEmpty()) {
            showReactions(json.putObject("reactions"));
        }
        return new StoredEvent(message.seq(), message.time(), EventJson.body(json));
    }

    private void showReactions(ObjectNode json) {
        reactions.forEach((emoji, users) -> {
            ObjectNode shown = json.putObject(emoji);
            shown.put("count", users.size());
            ArrayNode names = shown.putArray("users");
            users.keySet().stream().limit(USERS_SHOWN_MAX).forEach(user -> names.add(user.value()));
        });
    }
}
