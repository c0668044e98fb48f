package io.chatcluster.chat.session;

import io.chatcluster.chat.delivery.RoomNotice;
import io.chatcluster.chat.protocol.ChatException;
import io.chatcluster.chat.protocol.ClientFrame;
import io.chatcluster.chat.protocol.ClientFrame.Command;
import io.chatcluster.chat.protocol.CloseCode;
import io.chatcluster.chat.protocol.ErrorCode;
import io.chatcluster.chat.protocol.FrameReader;
import io.chatcluster.chat.protocol.ServerFrame;
import io.chatcluster.chat.room.UserId;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/** Handles each command a client may send: limits its rate, hands it to the family that answers it, replies and counts. */
@ApplicationScoped
class FrameHandler implements SessionWork {
    private static final Logger LOG = Logger.getLogger(FrameHandler.class);
    private static final Duration OUTSTANDING_RETRY = Duration.ofMillis(200);
    private static final String CONNECT_FIRST = "the first command must be connect";

    private final FrameReader reader = new FrameReader();
    private final ConnectHandler connects;
    private final RoomNoticeHandler notices;
    private final MessageCommands messages;
    private final RoomCommands rooms;
    private final PresenceCommands presence;
    private final TokenCommands tokens;
    private final CommandMetrics metrics;

    @Inject
    FrameHandler(
            ConnectHandler connects,
            RoomNoticeHandler notices,
            MessageCommands messages,
            RoomCommands rooms,
            PresenceCommands presence,
            TokenCommands tokens,
            CommandMetrics metrics) {
        this.connects = connects;
        this.notices = notices;
        this.messages = messages;
        this.rooms = rooms;
        this.presence = presence;
        this.tokens = tokens;
        this.metrics = metrics;
    }

    @Override
    public void notice(Session session, RoomNotice notice) throws InterruptedException {
        notices.handle(session, notice);
    }

    @Override
    public void frame(Session session, String object) {
        long startedAt = System.nanoTime();
        switch (reader.read(object)) {
            case ClientFrame.Refused refused -> refuse(session, refused, startedAt);
            case Command command -> {
                try {
                    handle(session, command, startedAt);
                } catch (ChatException problem) {
                    fail(session, command, problem, startedAt);
                } catch (RuntimeException fault) {
                    fail(session, command, internal(command, fault), startedAt);
                }
            }
        }
    }

    private void refuse(Session session, ClientFrame.Refused refused, long startedAt) {
        session.send(new ServerFrame.Failure(refused.id(), refused.code(), refused.message(), null));
        metrics.count("refused", startedAt, refused.code());
        try {
            session.otherLimit().take();
        } catch (ChatException tooMany) {
            session.close(CloseCode.TOO_FAST);
        }
    }

    private void handle(Session session, Command command, long startedAt) {
        switch (session.state()) {
            case SessionState.AwaitingConnect waiting -> {
                if (command instanceof ClientFrame.Connect connect) {
                    metrics.count(name(command), startedAt, connects.handle(session, connect));
                } else {
                    fail(session, command, new ChatException(ErrorCode.UNAUTHENTICATED, CONNECT_FIRST), startedAt);
                    session.close(CloseCode.CONNECT_EXPECTED);
                }
            }
            case SessionState.Live live -> {
                noteActive(session, command);
                answer(session, live.user(), command, startedAt);
            }
            case SessionState.Closing closing -> LOG.debugf("Session %s is closing, command dropped", session.id());
        }
    }

    /** Pings are sent by clients that nobody uses, too. */
    private static void noteActive(Session session, Command command) {
        LiveUser user = session.live();
        if (user != null && !(command instanceof ClientFrame.Ping)) {
            user.presence().device().active();
        }
    }

    private void answer(Session session, UserId user, Command command, long startedAt) {
        switch (command) {
            case ClientFrame.Connect connect ->
                throw new ChatException(ErrorCode.INVALID, "this connection is connected already");
            case ClientFrame.Write write -> replyWhenStored(session, user, write, startedAt);
            case ClientFrame.Read read -> reply(session, command, () -> rooms.read(user, read), startedAt);
            case ClientFrame.History history -> reply(session, command, () -> rooms.history(user, history), startedAt);
            case ClientFrame.Typing typing ->
                reply(session, command, () -> presence.typing(session, user, typing), startedAt);
            case ClientFrame.Subscribe subscribe ->
                reply(session, command, () -> presence.subscribe(session, user, subscribe), startedAt);
            case ClientFrame.Unsubscribe unsubscribe ->
                reply(session, command, () -> presence.unsubscribe(session, user, unsubscribe), startedAt);
            case ClientFrame.Refresh refresh ->
                reply(session, command, () -> tokens.refresh(session, user, refresh), startedAt);
            case ClientFrame.Ping ping -> reply(session, command, () -> new ServerFrame.Pong(ping.id()), startedAt);
        }
    }

    private void reply(Session session, Command command, Supplier<ServerFrame.Reply> answer, long startedAt) {
        session.otherLimit().take();
        session.send(answer.get());
        metrics.count(name(command), startedAt, null);
    }

    /** Does not wait for the commit: the next frame is taken meanwhile, and the log keeps the order of the calls. */
    private void replyWhenStored(Session session, UserId user, ClientFrame.Write command, long startedAt) {
        session.sendLimit().take();
        if (!session.outstandingSends().tryAcquire()) {
            throw new ChatException(ErrorCode.RATE_LIMITED, "too many sends wait for their answer", OUTSTANDING_RETRY);
        }
        CompletionStage<ServerFrame.Reply> commit;
        try {
            commit = messages.answer(user, command);
        } catch (RuntimeException refused) {
            session.outstandingSends().release();
            throw refused;
        }
        var _ = commit.whenComplete((reply, failure) -> {
            if (failure == null) {
                session.send(reply);
                metrics.count(name(command), startedAt, null);
            } else {
                fail(session, command, problem(command, failure), startedAt);
            }
            session.outstandingSends().release();
        });
    }

    private void fail(Session session, Command command, ChatException problem, long startedAt) {
        session.fail(command.id(), problem);
        metrics.count(name(command), startedAt, problem.code());
    }

    private static ChatException problem(Command command, Throwable failure) {
        Throwable cause =
                failure instanceof CompletionException && failure.getCause() != null ? failure.getCause() : failure;
        return cause instanceof ChatException problem ? problem : internal(command, cause);
    }

    private static ChatException internal(Command command, @Nullable Throwable fault) {
        LOG.errorf(fault, "The command %s failed", name(command));
        return new ChatException(ErrorCode.INTERNAL, "the service has a fault");
    }

    private static String name(Command command) {
        return command.getClass().getSimpleName().toLowerCase(Locale.ROOT);
    }
}
