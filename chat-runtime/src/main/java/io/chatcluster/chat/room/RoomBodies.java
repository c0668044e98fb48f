package io.chatcluster.chat.room;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonRawValue;
import io.chatcluster.chat.protocol.ChatException;
import io.chatcluster.chat.protocol.ErrorCode;
import io.chatcluster.chat.protocol.EventSchema;
import java.util.List;
import java.util.Locale;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** The JSON bodies of the rooms' HTTP interface. */
final class RoomBodies {
    private RoomBodies() {}

    @Schema(name = "NewRoom", description = "A direct room with one user, or a group room with a name and members")
    record NewRoom(
            @Schema(enumeration = {"direct", "group"}) @Nullable
            String kind,

            @Schema(description = "whose room it is, when not the caller's; needs the scope chat:admin") @Nullable
            String from,

            @Schema(description = "direct: the other user") @Nullable
            String with,

            @Schema(description = "group: what people call it, 1 to 200 characters on one line") @Nullable
            String name,

            @Schema(description = "group: users besides the caller, who becomes the owner") @Nullable
            List<String> members) {}

    @Schema(name = "RoomName")
    record RoomName(@Nullable String name) {}

    @Schema(name = "MemberRole")
    record MemberRole(
            @Schema(enumeration = {"owner", "admin", "member", "readonly"}) @Nullable
            String role) {
        Role parsed() {
            if (role == null) {
                return Role.MEMBER;
            }
            for (Role known : Role.values()) {
                if (wireName(known).equals(role)) {
                    return known;
                }
            }
            throw new ChatException(ErrorCode.INVALID, "role: must be owner, admin, member or readonly");
        }
    }

    @Schema(name = "Member")
    record MemberBody(String user, String role, long joinedAt, long read) {
        static MemberBody of(Membership membership) {
            return new MemberBody(
                    membership.user().value(), wireName(membership.role()), membership.joinedAt(), membership.read());
        }
    }

    @Schema(name = "Members")
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record Members(
            List<MemberBody> members,

            @Schema(description = "asks for the next page; absent on the last") @Nullable
            String cursor) {
        static Members of(List<Membership> page, int limit) {
            return new Members(
                    page.stream().map(MemberBody::of).toList(),
                    page.size() < limit
                            ? null
                            : Cursor.encode(page.getLast().user().value()));
        }
    }

    @Schema(name = "Rooms")
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record Rooms(
            List<RoomBody> rooms,

            @Schema(description = "asks for the next page; absent on the last") @Nullable
            String cursor) {
        static Rooms of(RoomListing listing) {
            return new Rooms(
                    listing.rooms().stream().map(RoomBody::of).toList(),
                    listing.next() == null ? null : listing.next().toString());
        }
    }

    @Schema(name = "MyRoomSettings", description = "What the caller wants of a room")
    record RoomSettings(
            @Schema(description = "whether the caller wants to hear of it only by looking") @Nullable
            Boolean muted) {}

    @Schema(name = "Room", description = "A room as the caller sees it")
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record RoomBody(
            String room,
            String kind,
            @Nullable String name,

            @Schema(description = "direct: the other user") @Nullable
            String with,

            String createdBy,
            long createdAt,

            @Schema(description = "how many members there are")
            int members,

            @Schema(description = "the caller's role") String role,

            @Schema(description = "whether the caller has muted it")
            boolean muted,

            @Schema(description = "the sequence of the newest event, 0 for none")
            long tail,

            @Schema(description = "the caller's read marker") @JsonProperty("read")
            long readMarker,

            @Schema(description = "messages of others among the 5,000 events after the read marker, counted up to 1000")
            int unread,

            @Schema(description = "in lists: when something last happened there, epoch milliseconds") @Nullable
            Long activeAt,

            @Schema(implementation = EventSchema.class, description = "in lists: the newest message, if any")
            @JsonRawValue
            @Nullable
            String lastMessage) {
        static RoomBody of(RoomView view) {
            return of(view, null, null);
        }

        static RoomBody of(RoomListing.Entry entry) {
            return of(entry.view(), entry.activeAt(), entry.lastMessage());
        }

        private static RoomBody of(RoomView view, @Nullable Long activeAt, @Nullable String lastMessage) {
            Room room = view.room();
            Membership membership = view.membership();
            return new RoomBody(
                    room.id().value(),
                    room.kind().name().toLowerCase(Locale.ROOT),
                    room.name(),
                    membership.peer() == null ? null : membership.peer().value(),
                    room.createdBy().value(),
                    room.createdAt(),
                    room.members(),
                    wireName(membership.role()),
                    membership.muted(),
                    view.tail(),
                    membership.read(),
                    view.unread(),
                    activeAt,
                    lastMessage);
        }
    }

    private static String wireName(Role role) {
        return role.name().toLowerCase(Locale.ROOT);
    }
}
