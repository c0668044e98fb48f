package io.chatcluster.chat.presence;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.chatcluster.chat.auth.CurrentCaller;
import io.chatcluster.chat.protocol.ChatException;
import io.chatcluster.chat.protocol.ErrorCode;
import io.chatcluster.chat.room.UserId;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import java.util.Arrays;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/** Presence over HTTP. */
@Path("/api/v1/presence")
@Produces(MediaType.APPLICATION_JSON)
@RunOnVirtualThread
@Tag(name = "Presence", description = "Users who share no room with the caller look as if they were never there.")
public class PresenceResource {
    private final PresenceService presence;
    private final CurrentCaller caller;

    @Inject
    public PresenceResource(PresenceService presence, CurrentCaller caller) {
        this.presence = presence;
        this.caller = caller;
    }

    @GET
    @Operation(
            summary = "Ask whether users are there",
            description = "Unavailable while Redis is. Each 20 users count like one more request.")
    public PresenceList get(
            @Parameter(description = "1 to 100 user ids, separated by commas", required = true)
                    @QueryParam("users")
                    @Nullable
                    String users) {
        if (users == null || users.isBlank()) {
            throw new ChatException(ErrorCode.INVALID, "users: is missing");
        }
        List<UserId> asked = Arrays.stream(users.split(",", -1))
                .map(user -> new UserId(user.strip()))
                .toList();
        return new PresenceList(presence.presence(caller.user(), asked).stream()
                .map(PresenceBody::of)
                .toList());
    }

    @Schema(name = "PresenceList")
    record PresenceList(List<PresenceBody> presence) {}

    @Schema(name = "Presence")
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record PresenceBody(
            String user,

            @Schema(enumeration = {"online", "away", "offline"})
            String state,

            @Schema(
                    description =
                            "when the user was last there, epoch milliseconds; absent while online or when not known")
            @Nullable
            Long lastSeen) {
        static PresenceBody of(Presence presence) {
            return new PresenceBody(presence.user().value(), presence.state().wireName(), presence.lastSeen());
        }
    }
}
