package io.chatcluster.chat.media;

import io.chatcluster.chat.auth.CurrentCaller;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.inject.Inject;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** Downloads over HTTP. */
@Path("/api/v1/attachments/{attachment}")
@Produces(MediaType.APPLICATION_JSON)
@RunOnVirtualThread
@Tag(name = "Attachments")
public class AttachmentResource {
    private final MediaService media;
    private final CurrentCaller caller;

    @Inject
    public AttachmentResource(MediaService media, CurrentCaller caller) {
        this.media = media;
        this.caller = caller;
    }

    @GET
    @Operation(
            summary = "Get a file that was sent to a room of the caller, or the picture of a user",
            description =
                    "Redirects to an address that is good for 5 minutes. Pictures, video, audio and PDF may be shown"
                            + " by a browser; everything else is downloaded. No such attachment and not a member look the same.")
    @APIResponse(responseCode = "302", description = "Location has the file")
    @APIResponse(
            responseCode = "200",
            description = "With redirect=false",
            content = @Content(schema = @Schema(implementation = Download.class)))
    public Response get(
            @PathParam("attachment") String attachment,
            @Parameter(description = "false: answer with the address, for clients whose fetch cannot follow it")
                    @QueryParam("redirect")
                    @DefaultValue("true")
                    boolean redirect) {
        SignedUrl url = media.download(caller.user(), attachment);
        Response.ResponseBuilder response = redirect
                ? Response.status(Response.Status.FOUND).location(url.url())
                : Response.ok(new Download(url.url().toString(), url.expiresAt().toEpochMilli()));
        return response.header(HttpHeaders.CACHE_CONTROL, "no-store").build();
    }

    @Schema(name = "Download")
    record Download(
            String url,

            @Schema(description = "when url ends, epoch milliseconds")
            long expiresAt) {}
}
