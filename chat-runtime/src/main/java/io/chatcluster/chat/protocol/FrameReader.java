package io.chatcluster.chat.protocol;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.util.JsonRecyclerPools;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.chatcluster.chat.protocol.ClientFrame.Refused;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Turns one JSON object from a client into a frame. Strict on the outside: exactly one command, an id that is a string or an
 * integer, no duplicate keys, nothing after the object, bounded depth and lengths. Whatever is wrong becomes a
 * {@link Refused} with the id where it could be read; nothing is thrown. Thread-safe.
 */
public final class FrameReader {
    private static final int DEPTH_MAX = 8;
    private static final int NUMBER_LENGTH_MAX = 32;
    private static final int NAME_LENGTH_MAX = 512;
    private static final int TOKEN_LENGTH_MAX = 16_384;
    private static final int ROOM_LENGTH_MAX = 512;
    private static final int LABEL_LENGTH_MAX = 128;
    private static final int ATTACHMENTS_MAX = 20;
    private static final int RESUME_ROOMS_MAX = 10_000;
    private static final Duration IDLE_MAX = Duration.ofDays(365);
    private static final int PRESENCE_USERS_MAX = 1_000;

    private final JsonFactory json = JsonFactory.builder()
            // Not a buffer for each thread: those are virtual, and there are many.
            .recyclerPool(JsonRecyclerPools.sharedConcurrentDequePool())
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxNestingDepth(DEPTH_MAX)
                    .maxNumberLength(NUMBER_LENGTH_MAX)
                    .maxNameLength(NAME_LENGTH_MAX)
                    .build())
            .build();
    private final ObjectReader trees = JsonMapper.builder(json).build().readerFor(JsonNode.class);

    /** Reads one object; the text holds nothing else but white space. */
    public ClientFrame read(String text) {
        Envelope envelope = new Envelope();
        try (JsonParser parser = json.createParser(text)) {
            readEnvelope(parser, envelope);
            return command(envelope);
        } catch (ChatException refusal) {
            return new Refused(envelope.id, refusal.code(), refusal.detail());
        } catch (JsonProcessingException malformed) {
            return new Refused(envelope.id, ErrorCode.INVALID, JsonProblem.ofText(malformed));
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
    }

    private void readEnvelope(JsonParser parser, Envelope envelope) throws IOException {
        if (parser.nextToken() != JsonToken.START_OBJECT) {
            throw new ChatException(ErrorCode.INVALID, "a frame must be a JSON object");
        }
        @Nullable ChatException problem = null;
        while (parser.nextToken() == JsonToken.FIELD_NAME) {
            String name = parser.currentName();
            JsonToken value = parser.nextToken();
            if (name.equals("id")) {
                envelope.id = readId(parser, value);
            } else if (envelope.command != null) {
                problem = new ChatException(ErrorCode.INVALID, "a frame must have exactly one command");
                parser.skipChildren();
            } else {
                envelope.command = name;
                envelope.body = trees.readTree(parser);
            }
        }
        if (parser.nextToken() != null) {
            throw new ChatException(ErrorCode.INVALID, "there is something after the object");
        }
        if (problem != null) {
            throw problem;
        }
    }

    private static RequestId readId(JsonParser parser, JsonToken token) throws IOException {
        String text = token == JsonToken.VALUE_STRING || token == JsonToken.VALUE_NUMBER_INT ? parser.getText() : "";
        if (text.isEmpty() || text.length() > RequestId.LENGTH_MAX || !TextRule.wellFormed(text)) {
            throw new ChatException(
                    ErrorCode.INVALID,
                    "id must be an integer or a well-formed string of 1 to " + RequestId.LENGTH_MAX + " characters");
        }
        return token == JsonToken.VALUE_STRING ? RequestId.ofString(text) : RequestId.ofDigits(text);
    }

    private static ClientFrame command(Envelope envelope) {
        RequestId id = envelope.id;
        String command = envelope.command;
        JsonNode body = envelope.body;
        if (id == null) {
            throw new ChatException(ErrorCode.INVALID, "id is missing");
        }
        if (command == null || body == null) {
            throw new ChatException(ErrorCode.INVALID, "a frame must have exactly one command");
        }
        if (!body.isObject()) {
            throw new ChatException(ErrorCode.INVALID, "the command's value must be an object");
        }
        CommandBody fields = new CommandBody(command, body);
        return switch (command) {
            case "connect" -> connect(id, fields);
            case "send" -> send(id, fields);
            case "edit" -> new ClientFrame.Edit(id, room(fields), fields.sequence("seq"), text(fields));
            case "delete" -> new ClientFrame.Delete(id, room(fields), fields.sequence("seq"));
            case "react" -> react(id, fields);
            case "read" -> new ClientFrame.Read(id, room(fields), fields.sequence("seq"));
            case "typing" -> new ClientFrame.Typing(id, room(fields));
            case "history" -> history(id, fields);
            case "subscribe" -> new ClientFrame.Subscribe(id, presenceOf(fields));
            case "unsubscribe" -> new ClientFrame.Unsubscribe(id, presenceOf(fields));
            case "refresh" -> new ClientFrame.Refresh(id, fields.text("token", TOKEN_LENGTH_MAX));
            case "ping" -> new ClientFrame.Ping(id);
            default -> new Refused(id, ErrorCode.UNSUPPORTED, "this service does not know the command");
        };
    }

    private static ClientFrame connect(RequestId id, CommandBody fields) {
        return new ClientFrame.Connect(
                id,
                fields.text("token", TOKEN_LENGTH_MAX),
                fields.optionalText("device", LABEL_LENGTH_MAX),
                fields.sequencesByKey("resume", RESUME_ROOMS_MAX),
                fields.milliseconds("idleMs", IDLE_MAX));
    }

    private static ClientFrame send(RequestId id, CommandBody fields) {
        return new ClientFrame.Send(
                id,
                room(fields),
                fields.text("clientMessageId", LABEL_LENGTH_MAX),
                fields.optionalText("text", Integer.MAX_VALUE),
                fields.texts("attachments", ATTACHMENTS_MAX, LABEL_LENGTH_MAX),
                fields.optionalSequence("replyTo"));
    }

    private static ClientFrame react(RequestId id, CommandBody fields) {
        return new ClientFrame.React(
                id,
                room(fields),
                fields.sequence("seq"),
                fields.text("emoji", LABEL_LENGTH_MAX),
                fields.flag("remove"));
    }

    private static ClientFrame history(RequestId id, CommandBody fields) {
        return new ClientFrame.History(
                id,
                room(fields),
                fields.optionalSequence("before"),
                fields.optionalSequence("after"),
                fields.optionalTime("at"),
                fields.optionalCount("limit"));
    }

    private static String room(CommandBody fields) {
        return fields.text("room", ROOM_LENGTH_MAX);
    }

    private static String text(CommandBody fields) {
        return fields.text("text", Integer.MAX_VALUE);
    }

    private static List<String> presenceOf(CommandBody fields) {
        List<String> users = fields.texts("presenceOf", PRESENCE_USERS_MAX, LABEL_LENGTH_MAX);
        if (users.isEmpty()) {
            throw new ChatException(ErrorCode.INVALID, "presenceOf names no user");
        }
        return users;
    }

    private static final class Envelope {
        @Nullable
        RequestId id;

        @Nullable
        String command;

        @Nullable
        JsonNode body;
    }
}
