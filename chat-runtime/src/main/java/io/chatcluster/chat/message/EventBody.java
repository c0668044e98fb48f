package io.chatcluster.chat.message;

import com.fasterxml.jackson.core.io.JsonStringEncoder;
import io.chatcluster.chat.media.MediaAttachment;
import io.chatcluster.chat.media.Picture;
import io.chatcluster.chat.media.Upload;
import io.chatcluster.chat.room.Role;
import io.chatcluster.chat.room.UserId;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Writes event bodies: an event's JSON object after its leading {@code seq} and {@code time}. The field order is part of
 * the format: what comes before the end of {@code clientMessageId} identifies an event.
 */
public final class EventBody {

    private static final String MESSAGE = "\"type\":\"message\",\"from\":\"";
    private static final String LEFT = "\"type\":\"left\",\"from\":\"";
    private static final String JOINED = "\"type\":\"joined\",\"from\":\"";
    private static final String ROOM = "\"type\":\"room\",\"from\":\"";
    private static final String ROLE = "\"type\":\"role\",\"from\":\"";
    private static final String EDIT = "\"type\":\"edit\",\"from\":\"";
    private static final String DELETE = "\"type\":\"delete\",\"from\":\"";
    private static final String REACTION = "\"type\":\"reaction\",\"from\":\"";
    private static final String TARGET = "\",\"target\":";
    private static final String CLIENT_MESSAGE_ID = "\",\"clientMessageId\":\"";
    private static final String DELETED = "\",\"deleted\":true}";
    private static final String USER = "\",\"user\":\"";
    private static final JsonStringEncoder ENCODER = JsonStringEncoder.getInstance();

    private EventBody() {}

    static String message(SendMessage message, List<MediaAttachment.Verified> attachments) {
        StringBuilder body = start(MESSAGE, message.from()).append(CLIENT_MESSAGE_ID);
        quote(message.clientMessageId(), body);
        body.append('"');
        if (message.text() != null) {
            body.append(",\"text\":\"");
            quote(message.text(), body);
            body.append('"');
        }
        appendAttachments(attachments, body);
        if (message.replyTo() != null) {
            body.append(",\"replyTo\":").append(message.replyTo().longValue());
        }
        return body.append('}').toString();
    }

    private static void appendAttachments(List<MediaAttachment.Verified> attachments, StringBuilder body) {
        char separator = '[';
        if (!attachments.isEmpty()) {
            body.append(",\"attachments\":");
        }
        for (MediaAttachment.Verified attachment : attachments) {
            body.append(separator);
            appendAttachment(attachment, body);
            separator = ',';
        }
        if (!attachments.isEmpty()) {
            body.append(']');
        }
    }

    private static void appendAttachment(MediaAttachment.Verified attachment, StringBuilder body) {
        Upload upload = attachment.upload();
        body.append("{\"id\":\"").append(upload.id().value()).append("\",\"name\":\"");
        quote(upload.name(), body);
        // Neither quotes nor backslashes occur in media types and previews.
        body.append("\",\"contentType\":\"")
                .append(upload.contentType())
                .append("\",\"bytes\":")
                .append(upload.bytes());
        Picture picture = attachment.picture();
        if (picture != null) {
            body.append(",\"width\":")
                    .append(picture.width())
                    .append(",\"height\":")
                    .append(picture.height());
            if (picture.preview() != null) {
                body.append(",\"preview\":\"").append(picture.preview()).append('"');
            }
        }
        body.append('}');
    }

    /** The message at {@code target} says {@code text} now. */
    static String edit(UserId from, long target, String text) {
        StringBuilder body = start(EDIT, from).append(TARGET).append(target).append(",\"text\":\"");
        quote(text, body);
        return body.append("\"}").toString();
    }

    /** The message at {@code target} is taken back. */
    static String delete(UserId from, long target) {
        return start(DELETE, from).append(TARGET).append(target).append('}').toString();
    }

    /** {@code from} puts a reaction on the message at {@code target}, or takes it back. */
    static String reaction(UserId from, long target, String emoji, boolean remove) {
        StringBuilder body = start(REACTION, from).append(TARGET).append(target).append(",\"emoji\":\"");
        quote(emoji, body);
        return body.append(remove ? "\",\"remove\":true}" : "\"}").toString();
    }

    /** Whether it changes a message that was sent before. */
    static boolean isChange(String body) {
        return body.startsWith(EDIT) || body.startsWith(DELETE) || body.startsWith(REACTION);
    }

    static boolean isEdit(String body) {
        return body.startsWith(EDIT);
    }

    /** Who sent the message; empty for what is not a message. */
    static Optional<UserId> author(String body) {
        return body.startsWith(MESSAGE)
                ? Optional.of(new UserId(body.substring(MESSAGE.length(), body.indexOf('"', MESSAGE.length()))))
                : Optional.empty();
    }

    /** The ids of the message's attachments; empty for what is not a message or has none. */
    static List<String> attachments(String body) {
        List<String> ids = new ArrayList<>();
        if (body.startsWith(MESSAGE)) {
            EventJson.read(body)
                    .path("attachments")
                    .forEach(attachment -> ids.add(attachment.path("id").asText()));
        }
        return ids;
    }

    /** {@code user} is a member now, by the hand of {@code from}. */
    static String joined(UserId from, String id, UserId user, Role role) {
        return member(JOINED, from, id, user, role);
    }

    /** {@code user} has another role now, by the hand of {@code from}. */
    static String role(UserId from, String id, UserId user, Role role) {
        return member(ROLE, from, id, user, role);
    }

    private static String member(String type, UserId from, String id, UserId user, Role role) {
        return start(type, from, id)
                .append(USER)
                .append(user.value())
                .append("\",\"role\":\"")
                .append(role.name().toLowerCase(Locale.ROOT))
                .append("\"}")
                .toString();
    }

    /** {@code user} is not a member any more, by the hand of {@code from}. */
    static String left(UserId from, String id, UserId user) {
        return start(LEFT, from, id)
                .append(USER)
                .append(user.value())
                .append("\"}")
                .toString();
    }

    /** The room is called {@code name} now. */
    static String renamed(UserId from, String id, String name) {
        StringBuilder body = start(ROOM, from, id).append("\",\"name\":\"");
        quote(name, body);
        return body.append("\"}").toString();
    }

    /** The room is gone, which happens once. */
    static String deleted(UserId from) {
        return start(ROOM, from, "deleted").append(DELETED).toString();
    }

    /** A sign of life from a pod, sent at an epoch millisecond. */
    public static String canary(String pod, long sentAt) {
        StringBuilder body = new StringBuilder("\"type\":\"canary\",\"from\":\"");
        quote(pod, body);
        return body.append("\",\"sentAt\":").append(sentAt).append('}').toString();
    }

    private static StringBuilder start(String type, UserId from) {
        return new StringBuilder(256).append(type).append(from.value());
    }

    /** @param id by which the log knows the event again; needs no escapes */
    private static StringBuilder start(String type, UserId from, String id) {
        return start(type, from).append(CLIENT_MESSAGE_ID).append(id);
    }

    private static void quote(String text, StringBuilder body) {
        ENCODER.quoteAsString(text, body);
    }

    static boolean isMessage(String body) {
        return body.startsWith(MESSAGE);
    }

    /** Whether it is a message, from somebody other than the user. */
    public static boolean isMessageOfOthers(String body, UserId user) {
        return body.startsWith(MESSAGE)
                && !(body.startsWith(user.value(), MESSAGE.length())
                        && body.charAt(MESSAGE.length() + user.value().length()) == '"');
    }

    /** What the event changes about the room or its members; empty when it changes neither. */
    public static Optional<RoomChange> change(String body) {
        if (body.startsWith(JOINED)) {
            return Optional.of(new RoomChange.Joined(subject(body)));
        }
        if (body.startsWith(LEFT)) {
            return Optional.of(new RoomChange.Left(subject(body)));
        }
        if (body.startsWith(ROLE)) {
            return Optional.of(new RoomChange.RoleChanged(subject(body)));
        }
        if (body.startsWith(ROOM)) {
            return Optional.of(body.endsWith(DELETED) ? new RoomChange.Deleted() : new RoomChange.Renamed());
        }
        return Optional.empty();
    }

    private static UserId subject(String body) {
        // Neither quotes nor backslashes occur in user ids.
        int start = body.indexOf(USER) + USER.length();
        return new UserId(body.substring(start, body.indexOf('"', start)));
    }

    /**
     * What a repetition of the event has in common with it, as it is written: sender and client message id, of what is not
     * a message after the type.
     *
     * @return empty for changes of messages, and for others without such an id
     */
    static String identity(String body) {
        if (isChange(body)) {
            return "";
        }
        int start = body.startsWith(MESSAGE) ? MESSAGE.length() : 0;
        int at = body.indexOf(CLIENT_MESSAGE_ID, start);
        if (at < 0) {
            return "";
        }
        int end = at + CLIENT_MESSAGE_ID.length();
        while (body.charAt(end) != '"') {
            end += body.charAt(end) == '\\' ? 2 : 1;
        }
        return body.substring(start, end);
    }
}
