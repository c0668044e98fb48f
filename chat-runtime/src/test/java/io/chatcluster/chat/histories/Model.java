package io.chatcluster.chat.histories;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.chatcluster.chat.message.StoredEvent;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** What a room's events come to, by the shortest code that can say it. */
final class Model {

    private static final ObjectMapper JSON = new ObjectMapper();

    /** What a message is to look like. */
    static final class Message {
        JsonNode sent = JSON.createObjectNode();
        String text = "";
        boolean edited;
        long editedAt;
        boolean deleted;
        final Map<String, List<String>> reactions = new LinkedHashMap<>();
    }

    final List<JsonNode> events;
    final Map<Long, Message> messages = new TreeMap<>();
    final List<Long> left = new ArrayList<>();
    /** By sequence, how the event has looked from one change to the next. */
    private final Map<Long, List<JsonNode>> looks = new TreeMap<>();

    Model(List<StoredEvent> log) {
        this(log.stream().map(event -> json(event.json())).toList(), true);
    }

    private Model(List<JsonNode> events, boolean remembering) {
        this.events = events;
        for (JsonNode event : events) {
            long seq = event.path("seq").asLong();
            looks.computeIfAbsent(seq, s -> new ArrayList<>()).add(event);
            apply(event);
            Message target = messages.get(event.path("target").asLong());
            if (remembering && target != null) {
                List<JsonNode> before =
                        looks.computeIfAbsent(event.path("target").asLong(), s -> new ArrayList<>());
                before.add(look(target));
                if (target.deleted) {
                    hideEdits(event.path("target").asLong());
                }
            }
        }
    }

    /** What a client makes of events, in whatever state it got them. */
    static Model ofClient(List<JsonNode> received) {
        return new Model(received, false);
    }

    /** Whether the event was to be seen like this at some time. */
    boolean hasLooked(JsonNode event) {
        return looks.getOrDefault(event.path("seq").asLong(), List.of()).contains(event);
    }

    private void hideEdits(long target) {
        for (JsonNode event : events) {
            if (event.path("type").asText().equals("edit")
                    && event.path("target").asLong() == target) {
                List<JsonNode> edit = looks.get(event.path("seq").asLong());
                if (edit != null) {
                    edit.add(((ObjectNode) event.deepCopy()).without("text"));
                }
            }
        }
    }

    private static JsonNode look(Message message) {
        ObjectNode look = message.sent.deepCopy();
        if (message.deleted) {
            look.without(List.of("text", "attachments"));
            look.put("deleted", true);
        } else if (message.edited) {
            look.put("text", message.text);
            look.put("editedAt", message.editedAt);
        }
        if (!message.reactions.isEmpty()) {
            ObjectNode reactions = look.putObject("reactions");
            message.reactions.forEach((emoji, users) -> {
                ObjectNode reaction = reactions.putObject(emoji).put("count", users.size());
                users.forEach(reaction.putArray("users")::add);
            });
        }
        return look;
    }

    static JsonNode json(String text) {
        try {
            return JSON.readTree(text);
        } catch (JsonProcessingException e) {
            throw new AssertionError("not JSON: " + text, e);
        }
    }

    private void apply(JsonNode event) {
        Message target = messages.getOrDefault(event.path("target").asLong(), new Message());
        String emoji = event.path("emoji").asText();
        String from = event.path("from").asText();
        switch (event.path("type").asText()) {
            case "message" -> {
                Message message = new Message();
                message.sent = event;
                message.text = event.path("text").asText();
                message.deleted = event.path("deleted").asBoolean();
                event.path("reactions").properties().forEach(reaction -> {
                    List<String> users = new ArrayList<>();
                    reaction.getValue().path("users").forEach(user -> users.add(user.asText()));
                    message.reactions.put(reaction.getKey(), users);
                });
                messages.put(event.path("seq").asLong(), message);
            }
            case "edit" -> {
                if (!target.deleted) {
                    target.text = event.path("text").asText();
                    target.edited = true;
                    target.editedAt = event.path("time").asLong();
                }
            }
            case "delete" -> {
                target.deleted = true;
                target.text = "";
                target.reactions.clear();
            }
            case "reaction" -> react(target, emoji, from, event.path("remove").asBoolean());
            case "left" -> left.add(event.path("seq").asLong());
            default -> {
                // Joining changes no message.
            }
        }
    }

    private static void react(Message target, String emoji, String from, boolean remove) {
        List<String> users = target.reactions.computeIfAbsent(emoji, e -> new ArrayList<>());
        if (remove) {
            users.remove(from);
        } else if (!target.deleted && !users.contains(from)) {
            users.add(from);
        }
        if (users.isEmpty()) {
            target.reactions.remove(emoji);
        }
    }
}
