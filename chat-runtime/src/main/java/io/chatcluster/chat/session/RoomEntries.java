package io.chatcluster.chat.session;

import io.chatcluster.chat.protocol.ServerFrame.RoomEntry;
import io.chatcluster.chat.room.RoomView;
import java.util.Locale;

/** Puts a room as its member sees it into its wire form. */
final class RoomEntries {
    private RoomEntries() {}

    static RoomEntry of(RoomView view, boolean gap) {
        return of(view, gap, true);
    }

    /** A room whose events are not pushed. */
    static RoomEntry silent(RoomView view) {
        return of(view, false, false);
    }

    private static RoomEntry of(RoomView view, boolean gap, boolean live) {
        return new RoomEntry(
                view.room().id().value(),
                view.room().kind().name().toLowerCase(Locale.ROOT),
                view.room().name(),
                view.membership().peer() == null
                        ? null
                        : view.membership().peer().value(),
                view.membership().role().name().toLowerCase(Locale.ROOT),
                view.membership().muted(),
                view.tail(),
                view.membership().read(),
                view.unread(),
                gap,
                live);
    }
}
