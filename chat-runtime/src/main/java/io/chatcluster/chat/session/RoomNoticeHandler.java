package io.chatcluster.chat.session;

import io.chatcluster.chat.delivery.LocalHub;
import io.chatcluster.chat.delivery.RoomNotice;
import io.chatcluster.chat.protocol.ChatException;
import io.chatcluster.chat.protocol.CloseCode;
import io.chatcluster.chat.protocol.ErrorCode;
import io.chatcluster.chat.protocol.ServerFrame;
import io.chatcluster.chat.room.RoomId;
import io.chatcluster.chat.room.RoomService;
import io.chatcluster.chat.room.RoomView;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/** Follows the changes of a live user's rooms: tells the client and starts or ends the pushes. */
@ApplicationScoped
class RoomNoticeHandler {
    private static final Logger LOG = Logger.getLogger(RoomNoticeHandler.class);

    private final RoomService rooms;
    private final StoreTurns turns;

    @Inject
    RoomNoticeHandler(RoomService rooms, StoreTurns turns) {
        this.rooms = rooms;
        this.turns = turns;
    }

    /** Notices may come twice; a failure closes the session, whose client then reconnects to what is true. */
    void handle(Session session, RoomNotice notice) throws InterruptedException {
        LiveUser user = session.live();
        if (user == null || session.state() instanceof SessionState.Closing) {
            return;
        }
        try {
            switch (notice) {
                case RoomNotice.Added(RoomId room) -> added(session, user, room);
                case RoomNotice.Changed(RoomId room) -> changed(session, user, room);
                case RoomNotice.Removed(RoomId room) -> removed(session, user, room);
                case RoomNotice.Read(RoomId room, long seq) -> read(session, user, room, seq);
            }
        } catch (RuntimeException failure) {
            LOG.warnf(failure, "Session %s cannot follow %s", session.id(), notice);
            session.close(CloseCode.UNAVAILABLE);
        }
    }

    private void added(Session session, LiveUser user, RoomId room) throws InterruptedException {
        if (user.rooms().contains(room)) {
            return;
        }
        RoomView view = view(user, room);
        if (view == null) {
            return;
        }
        if (user.rooms().full()) {
            session.send(new ServerFrame.RoomAdded(RoomEntries.silent(view)));
            return;
        }
        long joined = Math.min(view.membership().joinedSeq(), view.tail());
        boolean gap = view.tail() - joined > LocalHub.RESUME_EVENTS_MAX;
        session.send(new ServerFrame.RoomAdded(RoomEntries.of(view, gap)));
        user.rooms().attach(room, gap ? view.tail() : joined, view.tail());
    }

    private void changed(Session session, LiveUser user, RoomId room) throws InterruptedException {
        RoomView view = user.rooms().contains(room) ? view(user, room) : null;
        if (view != null) {
            session.send(new ServerFrame.RoomChanged(RoomEntries.of(view, false)));
        }
    }

    private static void removed(Session session, LiveUser user, RoomId room) {
        if (user.rooms().detach(room)) {
            session.send(new ServerFrame.RoomRemoved(room.value()));
        }
    }

    private static void read(Session session, LiveUser user, RoomId room, long seq) {
        if (user.rooms().contains(room)) {
            var unused =
                    session.push(new ServerFrame.Read(room.value(), user.user().value(), seq));
        }
    }

    /** Null when the user has left again since the notice. */
    private @Nullable RoomView view(LiveUser user, RoomId room) throws InterruptedException {
        try {
            return turns.take(() -> rooms.view(user.user(), room));
        } catch (ChatException problem) {
            if (problem.code() == ErrorCode.NOT_FOUND) {
                return null;
            }
            throw problem;
        }
    }
}
