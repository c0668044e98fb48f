package io.chatcluster.chat.presence;

import io.chatcluster.chat.auth.CurrentCaller;
import io.chatcluster.chat.room.RoomId;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** A room's presence over HTTP. */
@Path("/api/v1/rooms/{room}/presence")
@Produces(MediaType.APPLICATION_JSON)
@RunOnVirtualThread
@Tag(name = "Presence")
public class RoomPresenceResource {
    private final RoomPresence presence;
    private final CurrentCaller caller;

    @Inject
    public RoomPresenceResource(RoomPresence presence, CurrentCaller caller) {
        this.presence = presence;
        this.caller = caller;
    }

    @GET
    @Operation(
            summary = "Count the members of a room who are there",
            description = "Up to 15 seconds old. For large rooms, whose members are too many to follow each of them.")
    public RoomCount count(@PathParam("room") String room) {
        RoomPresence.Count count = presence.count(caller.user(), new RoomId(room));
        return new RoomCount(count.members(), count.online(), count.away());
    }

    @Schema(name = "RoomPresence")
    record RoomCount(int members, int online, int away) {}
}
