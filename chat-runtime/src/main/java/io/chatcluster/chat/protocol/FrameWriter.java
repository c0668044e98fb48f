package io.chatcluster.chat.protocol;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.io.SegmentedStringWriter;
import com.fasterxml.jackson.core.util.BufferRecycler;
import com.fasterxml.jackson.core.util.JsonRecyclerPools;
import com.fasterxml.jackson.core.util.RecyclerPool;
import io.chatcluster.chat.protocol.ServerFrame.RoomEntry;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Turns a frame to a client into one JSON object on one line. Thread-safe. */
public final class FrameWriter {
    // Not a buffer for each thread: those are virtual, and there are many.
    private final RecyclerPool<BufferRecycler> buffers = JsonRecyclerPools.sharedConcurrentDequePool();
    private final JsonFactory json = JsonFactory.builder().recyclerPool(buffers).build();

    public String write(ServerFrame frame) {
        BufferRecycler buffer = buffers.acquireAndLinkPooled();
        try {
            return write(frame, buffer);
        } finally {
            buffer.releaseToPool();
        }
    }

    private String write(ServerFrame frame, BufferRecycler buffer) {
        SegmentedStringWriter text = new SegmentedStringWriter(buffer);
        try (JsonGenerator out = json.createGenerator(text)) {
            out.writeStartObject();
            switch (frame) {
                case ServerFrame.Reply reply -> writeReply(out, reply);
                case ServerFrame.Push push -> writePush(out, push);
            }
            out.writeEndObject();
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
        return toString(text);
    }

    private static String toString(SegmentedStringWriter text) {
        try {
            return text.getAndClear();
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
    }

    private static void writeReply(JsonGenerator out, ServerFrame.Reply reply) throws IOException {
        switch (reply) {
            case ServerFrame.Connected connected -> writeConnected(out, connected);
            case ServerFrame.Sent sent -> {
                begin(out, sent.id(), "send");
                out.writeNumberField("seq", sent.seq());
                out.writeNumberField("time", sent.time());
                out.writeBooleanField("duplicate", sent.duplicate());
                out.writeEndObject();
            }
            case ServerFrame.Edited edited -> writeSequence(out, edited.id(), "edit", edited.seq());
            case ServerFrame.Deleted deleted -> writeSequence(out, deleted.id(), "delete", deleted.seq());
            case ServerFrame.Reacted reacted -> writeSequence(out, reacted.id(), "react", reacted.seq());
            case ServerFrame.ReadStored stored -> writeEmpty(out, stored.id(), "read");
            case ServerFrame.TypingTold told -> writeEmpty(out, told.id(), "typing");
            case ServerFrame.Subscribed subscribed -> writeEmpty(out, subscribed.id(), "subscribe");
            case ServerFrame.Unsubscribed unsubscribed -> writeEmpty(out, unsubscribed.id(), "unsubscribe");
            case ServerFrame.Refreshed refreshed -> {
                begin(out, refreshed.id(), "refresh");
                out.writeNumberField("expiresAt", refreshed.expiresAt());
                out.writeEndObject();
            }
            case ServerFrame.HistoryPage page -> {
                begin(out, page.id(), "history");
                writeEvents(out, page.events());
                out.writeBooleanField("more", page.more());
                out.writeEndObject();
            }
            case ServerFrame.Pong pong -> writeEmpty(out, pong.id(), "ping");
            case ServerFrame.Failure failure -> writeFailure(out, failure);
        }
    }

    private static void writePush(JsonGenerator out, ServerFrame.Push push) throws IOException {
        switch (push) {
            case ServerFrame.Events events -> {
                out.writeObjectFieldStart("push");
                out.writeStringField("room", events.room());
                writeEvents(out, events.events());
                out.writeEndObject();
            }
            case ServerFrame.Presence presence -> writePresence(out, presence);
            case ServerFrame.Typing typing -> {
                out.writeObjectFieldStart("typing");
                out.writeStringField("room", typing.room());
                out.writeStringField("user", typing.user());
                out.writeEndObject();
            }
            case ServerFrame.Read read -> {
                out.writeObjectFieldStart("read");
                out.writeStringField("room", read.room());
                out.writeStringField("user", read.user());
                out.writeNumberField("seq", read.seq());
                out.writeEndObject();
            }
            case ServerFrame.RoomAdded added -> writeRoomChange(out, "added", added.room());
            case ServerFrame.RoomChanged changed -> writeRoomChange(out, "changed", changed.room());
            case ServerFrame.RoomRemoved removed -> {
                out.writeObjectFieldStart("room");
                out.writeStringField("change", "removed");
                out.writeStringField("room", removed.room());
                out.writeEndObject();
            }
            case ServerFrame.Reconnect reconnect -> {
                out.writeObjectFieldStart("reconnect");
                out.writeNumberField("afterMs", reconnect.after().toMillis());
                out.writeStringField("reason", reconnect.reason());
                out.writeEndObject();
            }
        }
    }

    private static void writeConnected(JsonGenerator out, ServerFrame.Connected connected) throws IOException {
        begin(out, connected.id(), "connect");
        out.writeStringField("session", connected.session());
        out.writeStringField("user", connected.user());
        out.writeNumberField("pingSeconds", connected.pingSeconds());
        out.writeArrayFieldStart("rooms");
        for (RoomEntry room : connected.rooms()) {
            out.writeStartObject();
            writeRoom(out, room);
            out.writeEndObject();
        }
        out.writeEndArray();
        if (connected.more()) {
            out.writeBooleanField("more", true);
        }
        out.writeEndObject();
    }

    private static void writeSequence(JsonGenerator out, RequestId id, String key, long seq) throws IOException {
        begin(out, id, key);
        out.writeNumberField("seq", seq);
        out.writeEndObject();
    }

    private static void writeEmpty(JsonGenerator out, RequestId id, String key) throws IOException {
        begin(out, id, key);
        out.writeEndObject();
    }

    private static void writePresence(JsonGenerator out, ServerFrame.Presence presence) throws IOException {
        out.writeObjectFieldStart("presence");
        out.writeStringField("user", presence.user());
        out.writeStringField("state", presence.state());
        if (presence.lastSeen() != null) {
            out.writeNumberField("lastSeen", presence.lastSeen());
        }
        out.writeEndObject();
    }

    private static void writeFailure(JsonGenerator out, ServerFrame.Failure failure) throws IOException {
        begin(out, failure.id(), "error");
        out.writeStringField("code", failure.code().wireName());
        out.writeStringField("message", failure.message());
        out.writeBooleanField("retryable", failure.code().retryable());
        if (failure.retryAfter() != null) {
            out.writeNumberField("retryAfterMs", failure.retryAfter().toMillis());
        }
        out.writeEndObject();
    }

    private static void writeRoomChange(JsonGenerator out, String change, RoomEntry room) throws IOException {
        out.writeObjectFieldStart("room");
        out.writeStringField("change", change);
        writeRoom(out, room);
        out.writeEndObject();
    }

    private static void writeRoom(JsonGenerator out, RoomEntry room) throws IOException {
        out.writeStringField("room", room.room());
        out.writeStringField("kind", room.kind());
        if (room.name() != null) {
            out.writeStringField("name", room.name());
        }
        if (room.with() != null) {
            out.writeStringField("with", room.with());
        }
        out.writeStringField("role", room.role());
        if (room.muted()) {
            out.writeBooleanField("muted", true);
        }
        out.writeNumberField("tail", room.tail());
        out.writeNumberField("read", room.read());
        out.writeNumberField("unread", room.unread());
        if (room.gap()) {
            out.writeBooleanField("gap", true);
        }
        if (!room.live()) {
            out.writeBooleanField("live", false);
        }
    }

    private static void writeEvents(JsonGenerator out, List<String> events) throws IOException {
        out.writeArrayFieldStart("events");
        for (String event : events) {
            out.writeRawValue(event);
        }
        out.writeEndArray();
    }

    private static void begin(JsonGenerator out, @Nullable RequestId id, String key) throws IOException {
        if (id != null) {
            out.writeFieldName("id");
            out.writeRawValue(id.json());
        }
        out.writeObjectFieldStart(key);
    }
}
