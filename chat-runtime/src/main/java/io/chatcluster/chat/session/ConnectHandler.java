package io.chatcluster.chat.session;

import io.chatcluster.chat.auth.Caller;
import io.chatcluster.chat.auth.TokenVerifier;
import io.chatcluster.chat.delivery.LocalHub;
import io.chatcluster.chat.message.MessageService;
import io.chatcluster.chat.operations.ChatConfig;
import io.chatcluster.chat.protocol.ChatException;
import io.chatcluster.chat.protocol.ClientFrame.Connect;
import io.chatcluster.chat.protocol.CloseCode;
import io.chatcluster.chat.protocol.ErrorCode;
import io.chatcluster.chat.protocol.ServerFrame;
import io.chatcluster.chat.room.Following;
import io.chatcluster.chat.room.Membership;
import io.chatcluster.chat.room.RoomId;
import io.chatcluster.chat.room.RoomService;
import io.chatcluster.chat.room.RoomView;
import io.chatcluster.chat.session.CommandTelemetry.Handling;
import io.chatcluster.chat.user.UserService;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Makes a session live: verifies the token, replies with the user's rooms, then pushes what the client has missed and goes on
 * live from there. Changes of the rooms that happen meanwhile wait in the session's inbox until this is done.
 */
@ApplicationScoped
class ConnectHandler {
    private static final Logger LOG = Logger.getLogger(ConnectHandler.class);

    private final TokenVerifier tokens;
    private final ConnectionPlaces places;
    private final RoomService rooms;
    private final MessageService messages;
    private final LocalHub hub;
    private final PresenceCommands presence;
    private final UserService users;
    private final SessionConfig config;
    private final int roomsMax;
    private final StoreTurns turns;

    @Inject
    ConnectHandler(
            TokenVerifier tokens,
            ConnectionPlaces places,
            RoomService rooms,
            MessageService messages,
            LocalHub hub,
            PresenceCommands presence,
            UserService users,
            SessionConfig config,
            StoreTurns turns,
            ChatConfig chat) {
        this.tokens = tokens;
        this.places = places;
        this.rooms = rooms;
        this.messages = messages;
        this.hub = hub;
        this.presence = presence;
        this.users = users;
        this.config = config;
        this.roomsMax = chat.limits().roomsPerConnection();
        this.turns = turns;
    }

    /** Replies and goes live, or replies with the error and closes; waits for its turn first. */
    void handle(Session session, Connect connect, Handling handling) {
        Live live;
        try {
            // Not within the turn: the issuer may be slow to say whose key it is, and nobody is known so far.
            Caller caller = tokens.verify(connect.token());
            live = turns.take(() -> goLive(session, connect, caller));
        } catch (ChatException problem) {
            session.fail(connect.id(), problem);
            session.close(closeCode(problem.code()));
            handling.end(problem.code());
            return;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            session.close(CloseCode.UNAVAILABLE);
            handling.end(ErrorCode.UNAVAILABLE);
            return;
        }
        if (live == null) {
            handling.end(ErrorCode.UNAVAILABLE);
            return;
        }
        session.send(new ServerFrame.Connected(
                connect.id(),
                session.id(),
                live.user.user().value(),
                (int) config.pingInterval().toSeconds(),
                live.starts.rooms.stream().map(Start::entry).toList(),
                live.starts.more));
        handling.end(null);
        attach(session, live.user, live.starts.rooms);
    }

    /** Null when the session is closing. */
    private @Nullable Live goLive(Session session, Connect connect, Caller caller) {
        if (session.state() instanceof SessionState.Closing) {
            return null;
        }
        Admitted admitted = admit(session, caller, connect.idle());
        if (!session.goLive(admitted.user)) {
            admitted.user.close();
            return null;
        }
        return new Live(admitted.user, starts(admitted.memberships, connect));
    }

    private Admitted admit(Session session, Caller caller, Duration idle) {
        Runnable place = places.take(caller.user());
        try {
            if (!caller.scopes().contains(Caller.ADMIN_SCOPE)) {
                users.signedIn(caller.user());
            }
            LocalHub.Online online = hub.online(caller.user(), session::notice);
            LiveUser user = new LiveUser(
                    caller.user(),
                    caller.expiresAt().plusSeconds(TokenVerifier.LEEWAY_SECONDS),
                    new RoomAttachments(caller.user(), roomsMax, hub, messages, turns, session.outbox()),
                    presence.open(session, caller.user(), idle),
                    online.attachment(),
                    place);
            return new Admitted(user, online.memberships());
        } catch (RuntimeException failure) {
            place.run();
            throw failure;
        }
    }

    private Starts starts(List<Membership> memberships, Connect connect) {
        List<Start> starts = new ArrayList<>();
        Following following = rooms.following(memberships, connect.resume(), roomsMax);
        for (RoomView view : following.rooms()) {
            Long last = connect.resume().get(view.room().id().value());
            long after = last == null ? view.tail() : Math.min(last, view.tail());
            boolean gap = view.tail() - after > LocalHub.RESUME_EVENTS_MAX;
            starts.add(new Start(view.room().id(), gap ? view.tail() : after, RoomEntries.of(view, gap)));
        }
        return new Starts(starts, following.more());
    }

    /** The reply is out: a failure from here on can only close, and the client resumes. */
    private static void attach(Session session, LiveUser user, List<Start> starts) {
        try {
            for (Start start : starts) {
                if (!user.rooms().attach(start.room, start.after, start.entry.tail())) {
                    return;
                }
            }
        } catch (RuntimeException failure) {
            LOG.warnf(failure, "Session %s cannot be pushed what it missed", session.id());
            session.close(CloseCode.UNAVAILABLE);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            session.close(CloseCode.UNAVAILABLE);
        }
    }

    private static CloseCode closeCode(ErrorCode error) {
        return switch (error) {
            case UNAUTHENTICATED -> CloseCode.UNAUTHENTICATED;
            case RATE_LIMITED -> CloseCode.TOO_MANY_CONNECTIONS;
            case FORBIDDEN, NOT_FOUND, CONFLICT, INVALID, TOO_LARGE, UNAVAILABLE, UNSUPPORTED, INTERNAL ->
                CloseCode.UNAVAILABLE;
        };
    }

    private record Live(LiveUser user, Starts starts) {}

    private record Admitted(LiveUser user, List<Membership> memberships) {}

    /** @param more whether the user is in further rooms, which are not pushed */
    private record Starts(List<Start> rooms, boolean more) {}

    /** Where the pushes of a room begin. */
    private record Start(RoomId room, long after, ServerFrame.RoomEntry entry) {}
}
