package io.chatcluster.chat.message;

import io.chatcluster.chat.auth.CurrentCaller;
import io.chatcluster.chat.protocol.ChatException;
import io.chatcluster.chat.protocol.ErrorCode;
import io.chatcluster.chat.room.RoomId;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.inject.Inject;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.PATCH;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/** Changes of one message over HTTP. */
@Path("/api/v1/rooms/{room}/messages/{seq}")
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
@RunOnVirtualThread
@Tag(name = "Messages")
public class ChangeResource {
    private final ChangeService changes;
    private final CurrentCaller caller;

    @Inject
    public ChangeResource(ChangeService changes, CurrentCaller caller) {
        this.changes = changes;
        this.caller = caller;
    }

    @PATCH
    @Operation(summary = "Replace the text of one's own message")
    public StoredChange edit(@PathParam("room") String room, @PathParam("seq") long seq, @Nullable NewText request) {
        if (request == null || request.text == null) {
            throw new ChatException(ErrorCode.INVALID, "text: is missing");
        }
        return stored(changes.edit(caller.user(), new RoomId(room), seq, request.text));
    }

    @DELETE
    @Operation(
            summary = "Take a message back",
            description =
                    "One's own; owners and admins may take back anybody's. Its place in the order stays, its files are"
                            + " gone for good.")
    public StoredChange delete(@PathParam("room") String room, @PathParam("seq") long seq) {
        return stored(changes.delete(caller.user(), new RoomId(room), seq));
    }

    @PUT
    @Path("/reactions/{emoji}")
    @Operation(summary = "Put a reaction on a message")
    public StoredChange react(
            @PathParam("room") String room, @PathParam("seq") long seq, @PathParam("emoji") String emoji) {
        return stored(changes.react(caller.user(), new RoomId(room), seq, emoji, false));
    }

    @DELETE
    @Path("/reactions/{emoji}")
    @Operation(summary = "Take one's own reaction back")
    public StoredChange unreact(
            @PathParam("room") String room, @PathParam("seq") long seq, @PathParam("emoji") String emoji) {
        return stored(changes.react(caller.user(), new RoomId(room), seq, emoji, true));
    }

    private static StoredChange stored(CompletionStage<Long> change) {
        try {
            return new StoredChange(change.toCompletableFuture().join());
        } catch (CompletionException failure) {
            throw failure.getCause() instanceof ChatException problem ? problem : failure;
        }
    }

    @Schema(name = "NewText")
    record NewText(@Nullable String text) {}

    @Schema(name = "StoredChange")
    record StoredChange(
            @Schema(description = "the sequence of the change in the room's order")
            long seq) {}
}
