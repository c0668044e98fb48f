package io.chatcluster.chat.room;

import org.jspecify.annotations.Nullable;

/** Remembers the places of the users who are connected to this pod: what it says was true a moment ago. */
public interface LivePlaces {

    /** Null when the user is not connected here, or not known to be in the room. Never blocks. */
    @Nullable
    Known find(UserId user, RoomId room);

    /**
     * A place that somebody had.
     *
     * @param asOf a moment at which they certainly had it, on the clock of {@link System#nanoTime()}
     */
    record Known(Place place, long asOf) {}
}
