package io.chatcluster.chat.protocol;

import java.util.List;
import java.util.Map;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** Describes an event of a room in the OpenAPI document; events travel as the JSON they are stored as. */
@Schema(
        name = "Event",
        description = "An event of a room. Ignore types and fields you do not know.",
        requiredProperties = {"seq", "time", "type", "from"})
public record EventSchema(
        @Schema(description = "its place in the room's order, from 1 without gaps")
        long seq,

        @Schema(description = "epoch milliseconds") long time,

        @Schema(description = "message, edit, delete, reaction, joined, left, role, room")
        String type,

        @Schema(description = "the user who caused it") String from,

        @Schema(description = "message: as its sender named it. joined, left, role, room: names the change")
        String clientMessageId,

        @Schema(description = "message, edit; absent when it has none, and once the message is deleted")
        String text,

        @Schema(description = "message; absent when there are none, and once it is deleted")
        List<Attachment> attachments,

        @Schema(description = "message: the sequence it answers; absent when it answers none")
        Long replyTo,

        @Schema(description = "message: when it was last edited, epoch milliseconds; text is the latest")
        Long editedAt,

        @Schema(description = "message: true once it was taken back. room: true when the room is gone")
        Boolean deleted,

        @Schema(description = "message: by emoji, in the order they came")
        Map<String, Reaction> reactions,

        @Schema(description = "edit, delete, reaction: the sequence of the message it is about")
        Long target,

        @Schema(description = "reaction") String emoji,

        @Schema(description = "reaction: whether it is taken back")
        Boolean remove,

        @Schema(description = "joined, left, role: the user it is about")
        String user,

        @Schema(description = "joined, role") String role,

        @Schema(description = "room: what it is called now; absent when it is gone")
        String name) {

    /** A file that was sent with a message. */
    @Schema(
            name = "EventAttachment",
            requiredProperties = {"id", "name", "contentType", "bytes"})
    public record Attachment(
            @Schema(description = "GET /api/v1/attachments/{id} has the file")
            String id,

            String name,
            String contentType,
            long bytes,

            @Schema(description = "pictures: pixels as shown")
            Integer width,

            @Schema(description = "pictures: pixels as shown")
            Integer height,

            @Schema(description = "pictures: a tiny JPEG as a data: URI, to show until the file is there")
            String preview) {}

    /** Who reacted with an emoji. */
    @Schema(name = "EventReaction")
    public record Reaction(
            int count,
            @Schema(description = "the first 50 to react") List<String> users) {}
}
