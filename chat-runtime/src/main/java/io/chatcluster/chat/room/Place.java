package io.chatcluster.chat.room;

import java.util.Arrays;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Where a member stands in a room, as far as it decides what they may do there.
 *
 * @param peer the other user of a direct room; null in all other rooms
 */
public record Place(Role role, @Nullable UserId peer) {

    /** There are millions of these, all alike. */
    private static final Map<Role, Place> IN_GROUPS = Arrays.stream(Role.values())
            .collect(Collectors.toUnmodifiableMap(Function.identity(), role -> new Place(role, null)));

    public static Place of(Membership membership) {
        Place shared = membership.peer() == null ? IN_GROUPS.get(membership.role()) : null;
        return shared == null ? new Place(membership.role(), membership.peer()) : shared;
    }
}
