package io.chatcluster.chat.room;

import io.chatcluster.chat.auth.Caller;
import io.chatcluster.chat.auth.CurrentCaller;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** The caller, over HTTP. */
@Path("/api/v1/users/me")
@Produces(MediaType.APPLICATION_JSON)
@RunOnVirtualThread
@Tag(name = "Users")
public class MeResource {
    private final CurrentCaller caller;

    @Inject
    public MeResource(CurrentCaller caller) {
        this.caller = caller;
    }

    @GET
    @Operation(summary = "Who the token says the caller is")
    public Me me() {
        Caller me = caller.get();
        return new Me(me.user().value(), me.expiresAt().toEpochMilli());
    }

    @Schema(name = "Me")
    record Me(
            String user,

            @Schema(description = "when the token expires, epoch milliseconds")
            long expiresAt) {}
}
