package io.chatcluster.chat.message;

import com.fasterxml.jackson.annotation.JsonRawValue;
import io.chatcluster.chat.auth.CurrentCaller;
import io.chatcluster.chat.protocol.ChatException;
import io.chatcluster.chat.protocol.ErrorCode;
import io.chatcluster.chat.protocol.EventSchema;
import io.chatcluster.chat.room.Limit;
import io.chatcluster.chat.room.RoomId;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.inject.Inject;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import java.time.DateTimeException;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.stream.Collectors;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/** A room's messages over HTTP. */
@Path("/api/v1/rooms/{room}/messages")
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
@RunOnVirtualThread
@Tag(name = "Messages")
public class MessageResource {
    private final MessageService messages;
    private final CurrentCaller caller;

    @Inject
    public MessageResource(MessageService messages, CurrentCaller caller) {
        this.messages = messages;
        this.caller = caller;
    }

    @GET
    @Operation(
            summary = "Page the history",
            description = "Ascending by seq. At most one of before, after and at. A page ends at about a megabyte.")
    public Page history(
            @PathParam("room") String room,
            @Parameter(description = "the last events below this sequence") @QueryParam("before") @Nullable
                    String before,
            @Parameter(description = "the first events above this sequence") @QueryParam("after") @Nullable
                    String after,
            @Parameter(description = "the first events at or after this time, epoch milliseconds or ISO 8601")
                    @QueryParam("at")
                    @Nullable
                    String at,
            @Parameter(description = "how many events, 1 to 200, 50 when absent") @QueryParam("limit") @Nullable
                    String limit) {
        EventPage page = messages.history(
                caller.user(),
                new RoomId(room),
                HistoryQuery.of(
                        number("before", before),
                        number("after", after),
                        time(at),
                        Limit.parse(limit, HistoryQuery.LIMIT_DEFAULT, HistoryQuery.LIMIT_MAX)));
        return Page.of(page);
    }

    @POST
    @Operation(
            summary = "Send a message",
            description =
                    "Answers after the message is stored. A repeat under the same clientMessageId returns the first"
                            + " one's seq for at least 10 minutes.")
    public Stored send(@PathParam("room") String room, @Nullable NewMessage message) {
        if (message == null || message.clientMessageId == null) {
            throw new ChatException(ErrorCode.INVALID, "clientMessageId: is missing");
        }
        List<String> attachments = message.attachments == null ? List.of() : message.attachments;
        SendMessage sent = new SendMessage(
                caller.actingFor(message.from),
                new RoomId(room),
                message.clientMessageId,
                message.text,
                attachments,
                message.replyTo);
        try {
            CompletionStage<Ack> commit = caller.backEnd() ? messages.sendFor(sent) : messages.send(sent);
            Ack ack = commit.toCompletableFuture().join();
            return new Stored(ack.seq(), ack.time(), ack.duplicate());
        } catch (CompletionException failure) {
            throw failure.getCause() instanceof ChatException problem ? problem : failure;
        }
    }

    private static @Nullable Long number(String field, @Nullable String value) {
        try {
            return value == null ? null : Long.valueOf(value);
        } catch (NumberFormatException malformed) {
            throw new ChatException(ErrorCode.INVALID, field + ": must be an integer");
        }
    }

    private static @Nullable Long time(@Nullable String value) {
        if (value == null || value.matches("-?[0-9]{1,18}")) {
            return number("at", value);
        }
        try {
            return OffsetDateTime.parse(value).toInstant().toEpochMilli();
        } catch (DateTimeException | ArithmeticException malformed) {
            throw new ChatException(
                    ErrorCode.INVALID, "at: must be epoch milliseconds or a time like 2026-01-31T12:00:00Z");
        }
    }

    @Schema(name = "NewMessage")
    record NewMessage(
            @Schema(description = "whose message it is, when not the caller's; needs the scope chat:admin") @Nullable
            String from,

            @Schema(description = "the sender's own name for it, 1 to 64 characters") @Nullable
            String clientMessageId,

            @Nullable String text,

            @Schema(description = "ids of the sender's own uploads for this room, at most 20") @Nullable
            List<String> attachments,

            @Schema(description = "the sequence it answers") @Nullable
            Long replyTo) {}

    @Schema(name = "StoredMessage")
    record Stored(
            long seq,
            @Schema(description = "epoch milliseconds") long time,
            boolean duplicate) {}

    /** The events are JSON already: they are spliced in as they are stored. */
    @Schema(name = "EventPage")
    record Page(
            @Schema(implementation = EventSchema[].class, description = "ascending by seq") @JsonRawValue
            String events,

            @Schema(description = "whether there is more in the direction asked for")
            boolean more) {
        static Page of(EventPage page) {
            return new Page(
                    page.events().stream().map(StoredEvent::json).collect(Collectors.joining(",", "[", "]")),
                    page.more());
        }
    }
}
