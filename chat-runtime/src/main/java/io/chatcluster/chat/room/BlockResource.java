package io.chatcluster.chat.room;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.chatcluster.chat.auth.CurrentCaller;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.inject.Inject;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/** Whom the caller blocks, over HTTP. */
@Path("/api/v1/users/me/blocks")
@Produces(MediaType.APPLICATION_JSON)
@RunOnVirtualThread
@Tag(name = "Users")
public class BlockResource {
    private static final int PAGE_DEFAULT = 100;

    private final BlockService blocks;
    private final CurrentCaller caller;

    @Inject
    public BlockResource(BlockService blocks, CurrentCaller caller) {
        this.blocks = blocks;
        this.caller = caller;
    }

    @GET
    @Operation(summary = "List whom the caller blocks", description = "In the order of their ids.")
    public Blocks list(
            @Parameter(description = "how many users, 1 to 1000, 100 when absent") @QueryParam("limit") @Nullable
                    String limit,
            @Parameter(description = "from the page before") @QueryParam("cursor") @Nullable String cursor) {
        int count = Limit.parse(limit, PAGE_DEFAULT, BlockService.BLOCKS_MAX);
        List<String> users = blocks.blocked(caller.user(), cursor == null ? null : Cursor.user(cursor), count).stream()
                .map(UserId::value)
                .toList();
        return new Blocks(users, users.size() < count ? null : Cursor.encode(users.getLast()));
    }

    @PUT
    @Path("/{user}")
    @Operation(
            summary = "Block a user",
            description = "Neither of the two can write to the other in their direct room, or create it.")
    public void block(@PathParam("user") String user) {
        blocks.block(caller.user(), new UserId(user));
    }

    @DELETE
    @Path("/{user}")
    @Operation(summary = "Do not block a user any more")
    public void unblock(@PathParam("user") String user) {
        blocks.unblock(caller.user(), new UserId(user));
    }

    @Schema(name = "Blocks")
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record Blocks(
            List<String> users,

            @Schema(description = "asks for the next page; absent on the last") @Nullable
            String cursor) {}
}
