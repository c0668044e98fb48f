package io.chatcluster.chat.user;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.chatcluster.chat.auth.Caller;
import io.chatcluster.chat.auth.CurrentCaller;
import io.chatcluster.chat.protocol.ChatException;
import io.chatcluster.chat.protocol.ErrorCode;
import io.chatcluster.chat.room.Cursor;
import io.chatcluster.chat.room.Limit;
import io.chatcluster.chat.room.UserId;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.inject.Inject;
import jakarta.ws.rs.Consumes;
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

/** Users over HTTP. */
@Path("/api/v1/users")
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
@RunOnVirtualThread
@Tag(name = "Users", description = "Users are known from the first time they sign in.")
public class UserResource {
    private static final int PAGE_DEFAULT = 20;

    private final UserService users;
    private final CurrentCaller caller;

    @Inject
    public UserResource(UserService users, CurrentCaller caller) {
        this.users = users;
        this.caller = caller;
    }

    @GET
    @Operation(
            summary = "Find users",
            description =
                    "Those whose id or display name begins with the query, in any case. Somebody new, or with a new"
                            + " name, may be missing for a second; a page may have fewer users than asked for.")
    public Users find(
            @Parameter(description = "how the id or display name begins, 1 to 128 characters", required = true)
                    @QueryParam("query")
                    @Nullable
                    String query,
            @Parameter(description = "how many users, 1 to 100, 20 when absent") @QueryParam("limit") @Nullable
                    String limit,
            @Parameter(description = "from the page before") @QueryParam("cursor") @Nullable String cursor) {
        UserPage page = users.find(
                query == null ? "" : query,
                cursor == null ? null : Cursor.decode(cursor),
                Limit.parse(limit, PAGE_DEFAULT, UserService.PAGE_MAX));
        return Users.of(page);
    }

    @GET
    @Path("/me")
    @Operation(summary = "Who the token says the caller is, and the caller's profile")
    public Me me() {
        Caller me = caller.get();
        return Me.of(me, users.own(me.user()));
    }

    @PUT
    @Path("/me")
    @Operation(summary = "Replace the caller's profile", description = "What is absent is taken away.")
    public Me replace(@Nullable NewProfile profile) {
        if (profile == null) {
            throw new ChatException(ErrorCode.INVALID, "the body is missing");
        }
        Caller me = caller.get();
        return Me.of(me, users.replace(me.user(), profile.displayName, profile.avatar));
    }

    @GET
    @Path("/{user}")
    @Operation(summary = "Get a user's profile")
    public User get(@PathParam("user") String user) {
        return User.of(users.profile(new UserId(user)));
    }

    @Schema(name = "NewProfile")
    record NewProfile(
            @Schema(description = "what people call the caller, at most 100 characters") @Nullable
            String displayName,

            @Schema(description = "the id of a picture that was announced at /api/v1/users/me/avatar and uploaded")
            @Nullable
            String avatar) {}

    @Schema(name = "User")
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record User(
            String user,
            @Nullable String displayName,

            @Schema(description = "the id of their picture, to be got as an attachment") @Nullable
            String avatar) {
        static User of(UserProfile profile) {
            return new User(profile.user().value(), profile.displayName(), profile.avatar());
        }
    }

    @Schema(name = "Users")
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record Users(
            List<User> users,

            @Schema(description = "asks for the next page; absent on the last") @Nullable
            String cursor) {
        static Users of(UserPage page) {
            return new Users(
                    page.users().stream().map(User::of).toList(),
                    page.next() == null ? null : Cursor.encode(page.next()));
        }
    }

    @Schema(name = "Me")
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record Me(
            String user,
            @Nullable String displayName,

            @Schema(description = "the id of their picture, to be got as an attachment") @Nullable
            String avatar,

            @Schema(description = "when the token expires, epoch milliseconds")
            long expiresAt) {
        static Me of(Caller caller, UserProfile profile) {
            return new Me(
                    caller.user().value(),
                    profile.displayName(),
                    profile.avatar(),
                    caller.expiresAt().toEpochMilli());
        }
    }
}
