package io.chatcluster.chat.histories;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
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
        String text = "";
        boolean edited;
        boolean deleted;
        final Map<String, List<String>> reactions = new LinkedHashMap<>();
    }

    final List<JsonNode> events;
    final Map<Long, Message> messages = new TreeMap<>();
    final List<Long> left = new ArrayList<>();

    Model(List<StoredEvent> log) {
        events = log.stream().map(event -> json(event.json())).toList();
        events.forEach(this::apply);
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
                message.text = event.path("text").asText();
                messages.put(event.path("seq").asLong(), message);
            }
            case "edit" -> {
                if (!target.deleted) {
                    target.text = event.path("text").asText();
                    target.edited = true;
                }
            }
            case "delete" -> {
                target.deleted = true;
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
