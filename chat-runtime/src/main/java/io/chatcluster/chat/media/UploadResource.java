package io.chatcluster.chat.media;

import io.chatcluster.chat.auth.CurrentCaller;
import io.chatcluster.chat.protocol.ChatException;
import io.chatcluster.chat.protocol.ErrorCode;
import io.chatcluster.chat.room.RoomId;
import io.chatcluster.chat.room.UserId;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.inject.Inject;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.Map;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.ResponseStatus;
import org.jspecify.annotations.Nullable;

/** Uploads for a room over HTTP. */
@Path("/api/v1/rooms/{room}/attachments")
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
@RunOnVirtualThread
@Tag(
        name = "Attachments",
        description = "Files beside messages, kept in S3. Without a bucket every request is unsupported.")
public class UploadResource {
    private final MediaService media;
    private final CurrentCaller caller;

    @Inject
    public UploadResource(MediaService media, CurrentCaller caller) {
        this.media = media;
        this.caller = caller;
    }

    @POST
    @ResponseStatus(201)
    @Operation(
            summary = "Announce a file and get an address to upload it to",
            description = "PUT the file to uploadUrl with these headers and nothing else before expiresAt, then send a"
                    + " message with the attachment's id within 23 hours. The file must have exactly the announced size"
                    + " and type, and begin as files of its type do: sending checks it. The service's token does not"
                    + " belong in the upload.")
    @APIResponse(
            responseCode = "201",
            description = "The upload may begin",
            content = @Content(schema = @Schema(implementation = Announcement.class)))
    public Announcement announce(@PathParam("room") String room, @Nullable NewRoomAttachment attachment) {
        NewAttachment.Complete file = NewAttachment.complete(attachment == null ? null : attachment.file());
        UserId owner = caller.actingFor(attachment == null ? null : attachment.from());
        RoomId place = new RoomId(room);
        return Announcement.of(
                caller.backEnd()
                        ? media.announceFor(owner, place, file.name(), file.contentType(), file.bytes())
                        : media.announce(owner, place, file.name(), file.contentType(), file.bytes()));
    }

    private static ChatException missing(String field) {
        return new ChatException(ErrorCode.INVALID, field + ": is missing");
    }

    @Schema(name = "NewRoomAttachment")
    record NewRoomAttachment(
            @Schema(description = "whose message will have it, when not the caller's; needs the scope chat:admin")
            @Nullable
            String from,

            @Schema(description = "what people call the file, 1 to 200 characters") @Nullable
            String name,

            @Schema(
                    description = "its media type without parameters, one of those allowed here",
                    examples = "image/png")
            @Nullable
            String contentType,

            @Schema(description = "its exact size") @Nullable
            Long bytes) {

        NewAttachment file() {
            return new NewAttachment(name, contentType, bytes);
        }
    }

    @Schema(name = "NewAttachment")
    record NewAttachment(
            @Schema(description = "what people call the file, 1 to 200 characters") @Nullable
            String name,

            @Schema(
                    description = "its media type without parameters, one of those allowed here",
                    examples = "image/png")
            @Nullable
            String contentType,

            @Schema(description = "its exact size") @Nullable
            Long bytes) {

        record Complete(String name, String contentType, long bytes) {}

        /** @throws ChatException {@code invalid} naming what is missing */
        static Complete complete(@Nullable NewAttachment attachment) {
            if (attachment == null || attachment.name == null) {
                throw missing("name");
            }
            if (attachment.contentType == null) {
                throw missing("contentType");
            }
            if (attachment.bytes == null) {
                throw missing("bytes");
            }
            return new Complete(attachment.name, attachment.contentType, attachment.bytes);
        }
    }

    @Schema(name = "Announcement")
    record Announcement(
            @Schema(description = "the id to send") String attachment,
            String uploadUrl,

            @Schema(description = "to be sent with the PUT, exactly; browsers send content-length themselves")
            Map<String, String> headers,

            @Schema(description = "when uploadUrl ends, epoch milliseconds")
            long expiresAt) {

        static Announcement of(MediaService.Announced announced) {
            SignedUrl url = announced.url();
            return new Announcement(
                    announced.id().value(),
                    url.url().toString(),
                    url.headers(),
                    url.expiresAt().toEpochMilli());
        }
    }
}
