package io.chatcluster.chat.room;

import io.chatcluster.chat.auth.CurrentCaller;
import io.chatcluster.chat.protocol.ChatException;
import io.chatcluster.chat.protocol.ErrorCode;
import io.chatcluster.chat.room.RoomBodies.MemberRole;
import io.chatcluster.chat.room.RoomBodies.Members;
import io.chatcluster.chat.room.RoomBodies.NewRoom;
import io.chatcluster.chat.room.RoomBodies.RoomBody;
import io.chatcluster.chat.room.RoomBodies.RoomName;
import io.chatcluster.chat.room.RoomBodies.RoomSettings;
import io.chatcluster.chat.room.RoomBodies.Rooms;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.inject.Inject;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.PATCH;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/** Rooms and their members over HTTP. */
@Path("/api/v1/rooms")
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
@RunOnVirtualThread
@Tag(name = "Rooms", description = "Rooms and their members. No such room and not a member look the same: not_found.")
public class RoomResource {
    private static final int ROOMS_DEFAULT = 50;
    private static final int ROOMS_MAX = 100;
    private static final int MEMBERS_DEFAULT = 200;

    private final RoomService rooms;
    private final CurrentCaller caller;

    @Inject
    public RoomResource(RoomService rooms, CurrentCaller caller) {
        this.rooms = rooms;
        this.caller = caller;
    }

    @POST
    @Operation(summary = "Find or create a direct room, or create a group room")
    @APIResponse(
            responseCode = "201",
            description = "The room, new; Location has its address",
            content = @Content(schema = @Schema(implementation = RoomBody.class)))
    @APIResponse(
            responseCode = "200",
            description = "The direct room, which was there",
            content = @Content(schema = @Schema(implementation = RoomBody.class)))
    public Response create(@Nullable NewRoom request) {
        NewRoom asked = required(request);
        UserId me = caller.actingFor(asked.from());
        FoundRoom found = switch (asked.kind()) {
            case "direct" -> rooms.direct(me, user("with", asked.with()));
            case "group" -> new FoundRoom(rooms.group(me, named(asked.name()), members(asked.members())), true);
            case null, default -> throw new ChatException(ErrorCode.INVALID, "kind: must be direct or group");
        };
        RoomId id = found.room().id();
        String path = "/api/v1/rooms/" + URLEncoder.encode(id.value(), StandardCharsets.UTF_8);
        // As it is, not as Response.created() has it: a pod does not know how clients reach it.
        Response.ResponseBuilder response = found.created()
                ? Response.status(Response.Status.CREATED).header(HttpHeaders.LOCATION, path)
                : Response.ok();
        return response.entity(RoomBody.of(rooms.view(me, id))).build();
    }

    @GET
    @Operation(
            summary = "List the caller's rooms",
            description = "The newest activity first; by room id for callers with more than 200 rooms.")
    public Rooms list(
            @Parameter(description = "whose rooms, when not the caller's; needs the scope chat:admin")
                    @QueryParam("user")
                    @Nullable
                    String user,
            @Parameter(description = "how many rooms, 1 to 100, 50 when absent") @QueryParam("limit") @Nullable
                    String limit,
            @Parameter(description = "from the page before") @QueryParam("cursor") @Nullable String cursor) {
        return Rooms.of(rooms.rooms(
                caller.actingFor(user),
                cursor == null ? null : RoomCursor.parse(cursor),
                Limit.parse(limit, ROOMS_DEFAULT, ROOMS_MAX)));
    }

    @GET
    @Path("/{room}")
    @Operation(summary = "Get one room")
    public RoomBody get(@PathParam("room") String room) {
        return RoomBody.of(rooms.view(caller.user(), new RoomId(room)));
    }

    @PATCH
    @Path("/{room}")
    @Operation(summary = "Rename a group room", description = "Needs the role owner or admin.")
    public RoomBody rename(@PathParam("room") String room, @Nullable RoomName request) {
        String name = named(required(request).name());
        RoomId id = new RoomId(room);
        rooms.rename(caller.user(), id, name);
        return RoomBody.of(rooms.view(caller.user(), id));
    }

    @DELETE
    @Path("/{room}")
    @Operation(
            summary = "Delete a group room",
            description = "Needs the role owner. Its files are deleted from the store soon after.")
    public void delete(@PathParam("room") String room) {
        rooms.delete(caller.user(), new RoomId(room));
    }

    @PATCH
    @Path("/{room}/me")
    @Operation(summary = "Mute a room for the caller alone, or not any more")
    public RoomBody settings(@PathParam("room") String room, @Nullable RoomSettings request) {
        Boolean muted = required(request).muted();
        if (muted == null) {
            throw new ChatException(ErrorCode.INVALID, "muted: is missing");
        }
        RoomId id = new RoomId(room);
        rooms.mute(caller.user(), id, muted);
        return RoomBody.of(rooms.view(caller.user(), id));
    }

    @GET
    @Path("/{room}/members")
    @Operation(summary = "List the members of a room", description = "In the order of their ids.")
    public Members members(
            @PathParam("room") String room,
            @Parameter(description = "how many members, 1 to 1000, 200 when absent") @QueryParam("limit") @Nullable
                    String limit,
            @Parameter(description = "from the page before") @QueryParam("cursor") @Nullable String cursor) {
        int count = Limit.parse(limit, MEMBERS_DEFAULT, RoomService.MEMBERS_PAGE_MAX);
        UserId after = cursor == null ? null : Cursor.user(cursor);
        return Members.of(rooms.members(caller.user(), new RoomId(room), after, count), count);
    }

    @PUT
    @Path("/{room}/members/{user}")
    @Operation(
            summary = "Add a member or change a member's role",
            description =
                    "Needs the role owner or admin; only owners make owners. Without a body the role is member. Another"
                            + " role counts from the moment this is answered, on every connection.")
    public void putMember(
            @PathParam("room") String room,
            @PathParam("user") String user,
            @RequestBody(required = false) @Nullable MemberRole request) {
        Role role = request == null ? Role.MEMBER : request.parsed();
        rooms.putMember(caller.user(), new RoomId(room), new UserId(user), role);
    }

    @DELETE
    @Path("/{room}/members/{user}")
    @Operation(
            summary = "Remove a member, or leave",
            description =
                    "Everybody may leave a group room. From the moment this is answered the user can neither see the room"
                            + " nor write to it, on any connection.")
    public void removeMember(@PathParam("room") String room, @PathParam("user") String user) {
        rooms.removeMember(caller.user(), new RoomId(room), new UserId(user));
    }

    private static String named(@Nullable String name) {
        if (name == null) {
            throw new ChatException(ErrorCode.INVALID, "name: is missing");
        }
        return name;
    }

    private static List<UserId> members(@Nullable List<String> users) {
        return users == null
                ? List.of()
                : users.stream().map(user -> user("members", user)).toList();
    }

    private static UserId user(String field, @Nullable String value) {
        if (value == null) {
            throw new ChatException(ErrorCode.INVALID, field + ": is missing");
        }
        return new UserId(value);
    }

    private static <T> T required(@Nullable T body) {
        if (body == null) {
            throw new ChatException(ErrorCode.INVALID, "the body is missing");
        }
        return body;
    }
}
