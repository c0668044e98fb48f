package io.chatcluster.chat.session;

import io.chatcluster.chat.presence.LocalDevices;
import io.chatcluster.chat.presence.Presence;
import io.chatcluster.chat.presence.PresenceService;
import io.chatcluster.chat.presence.TypingService;
import io.chatcluster.chat.protocol.ChatException;
import io.chatcluster.chat.protocol.ClientFrame;
import io.chatcluster.chat.protocol.ErrorCode;
import io.chatcluster.chat.protocol.ServerFrame;
import io.chatcluster.chat.room.RoomId;
import io.chatcluster.chat.room.UserId;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Duration;

/** Answers the commands about what people are doing now: typing, subscribe and unsubscribe. */
@ApplicationScoped
class PresenceCommands {
    private final LocalDevices devices;
    private final PresenceService presence;
    private final TypingService typing;

    @Inject
    PresenceCommands(LocalDevices devices, PresenceService presence, TypingService typing) {
        this.devices = devices;
        this.presence = presence;
        this.typing = typing;
    }

    ServerFrame.Reply typing(Session session, UserId user, ClientFrame.Typing command) {
        RoomId room = new RoomId(command.room());
        if (live(session).presence().typing().pass(room)) {
            typing.typing(user, room);
        }
        return new ServerFrame.TypingTold(command.id());
    }

    /**
     * Makes the user of a new session present.
     *
     * @param idle since they last did something
     */
    LivePresence open(Session session, UserId user, Duration idle) {
        return new LivePresence(
                devices.connected(user, idle),
                presence.subscriptions(user, told -> session.push(push(told))),
                new TypingThrottle(System::nanoTime));
    }

    private static ServerFrame.Push push(Presence told) {
        return new ServerFrame.Presence(told.user().value(), told.state().wireName(), told.lastSeen());
    }

    /** The reply may come after the first of the pushes that it announces. */
    ServerFrame.Reply subscribe(Session session, UserId user, ClientFrame.Subscribe subscribe) {
        session.limits().others().take(subscribe.presenceOf().size() / PresenceService.USERS_PER_COMMAND);
        live(session)
                .presence()
                .others()
                .subscribe(subscribe.presenceOf().stream().map(UserId::new).toList());
        return new ServerFrame.Subscribed(subscribe.id());
    }

    ServerFrame.Reply unsubscribe(Session session, UserId user, ClientFrame.Unsubscribe unsubscribe) {
        live(session)
                .presence()
                .others()
                .unsubscribe(unsubscribe.presenceOf().stream().map(UserId::new).toList());
        return new ServerFrame.Unsubscribed(unsubscribe.id());
    }

    private static LiveUser live(Session session) {
        LiveUser user = session.live();
        if (user == null) {
            throw new ChatException(ErrorCode.UNAVAILABLE, "the session is closing");
        }
        return user;
    }
}
