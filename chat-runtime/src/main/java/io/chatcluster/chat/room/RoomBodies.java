package io.chatcluster.chat.room;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import io.chatcluster.chat.protocol.ChatException;
import io.chatcluster.chat.protocol.ErrorCode;
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

            @Schema(description = "group: what people call it") @Nullable
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
    record Members(List<MemberBody> members) {}

    @Schema(name = "Rooms")
    record Rooms(List<RoomBody> rooms) {}

    @Schema(name = "Room", description = "A room as the caller sees it")
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record RoomBody(
            String room,
            String kind,
            @Nullable String name,
            String createdBy,
            long createdAt,
            @Schema(description = "the caller's role") String role,

            @Schema(description = "the sequence of the newest event, 0 for none")
            long tail,

            @Schema(description = "the caller's read marker") @JsonProperty("read")
            long readMarker,

            @Schema(description = "messages of others after the read marker, counted up to 1000")
            int unread) {
        static RoomBody of(RoomView view) {
            Room room = view.room();
            return new RoomBody(
                    room.id().value(),
                    room.kind().name().toLowerCase(Locale.ROOT),
                    room.name(),
                    room.createdBy().value(),
                    room.createdAt(),
                    wireName(view.membership().role()),
                    view.tail(),
                    view.membership().read(),
                    view.unread());
        }
    }

    private static String wireName(Role role) {
        return role.name().toLowerCase(Locale.ROOT);
    }
}
