package io.chatcluster.chat.media;

import io.chatcluster.chat.auth.CurrentCaller;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.inject.Inject;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.ResponseStatus;
import org.jspecify.annotations.Nullable;

/** Uploads of the picture that the caller shows, over HTTP. */
@Path("/api/v1/users/me/avatar")
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
@RunOnVirtualThread
@Tag(name = "Users")
public class AvatarResource {
    private final MediaService media;
    private final CurrentCaller caller;

    @Inject
    public AvatarResource(MediaService media, CurrentCaller caller) {
        this.media = media;
        this.caller = caller;
    }

    @POST
    @ResponseStatus(201)
    @Operation(
            summary = "Announce a picture of the caller and get an address to upload it to",
            description =
                    "A JPEG, PNG, GIF or WebP of at most 1 MiB. PUT the file as for an attachment, then name the id"
                            + " as avatar in the caller's profile, which checks the file: from then on everybody who is signed in may"
                            + " get it, until the profile names another.")
    @APIResponse(
            responseCode = "201",
            description = "The upload may begin",
            content = @Content(schema = @Schema(implementation = UploadResource.Announcement.class)))
    public UploadResource.Announcement announce(UploadResource.@Nullable NewAttachment picture) {
        UploadResource.NewAttachment.Complete complete = UploadResource.NewAttachment.complete(picture);
        return UploadResource.Announcement.of(
                media.announceAvatar(caller.user(), complete.name(), complete.contentType(), complete.bytes()));
    }
}
