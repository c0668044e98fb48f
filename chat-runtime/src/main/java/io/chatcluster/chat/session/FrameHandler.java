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
import io.chatcluster.chat.session.CommandTelemetry.Handling;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
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
    private final CommandTelemetry telemetry;

    @Inject
    FrameHandler(
            ConnectHandler connects,
            RoomNoticeHandler notices,
            MessageCommands messages,
            RoomCommands rooms,
            PresenceCommands presence,
            TokenCommands tokens,
            CommandTelemetry telemetry) {
        this.connects = connects;
        this.notices = notices;
        this.messages = messages;
        this.rooms = rooms;
        this.presence = presence;
        this.tokens = tokens;
        this.telemetry = telemetry;
    }

    @Override
    public void notice(Session session, RoomNotice notice) throws InterruptedException {
        notices.handle(session, notice);
    }

    @Override
    public void frame(Session session, String text) {
        int start = 0;
        while (start < text.length() && !(session.state() instanceof SessionState.Closing)) {
            int end = text.indexOf('\n', start);
            end = end < 0 ? text.length() : end;
            String object = text.substring(start, end);
            if (!object.isBlank()) {
                object(session, object);
            }
            start = end + 1;
        }
    }

    private void object(Session session, String object) {
        switch (reader.read(object)) {
            case ClientFrame.Refused refused -> refuse(session, refused);
            case Command command -> command(session, command, handling -> handle(session, command, handling));
        }
    }

    /** What is sent to a group is most of what comes, and goes by what the pod remembers. */
    @Override
    public boolean frameAtOnce(Session session, String text) {
        if (!(session.state() instanceof SessionState.Live live)
                || text.indexOf('\n') >= 0
                || !(reader.read(text) instanceof ClientFrame.Send send)) {
            return false;
        }
        Supplier<CompletionStage<ServerFrame.Reply>> commit;
        try {
            commit = messages.atOnce(live.user(), send);
        } catch (ChatException refused) {
            // It is answered where all else is.
            return false;
        }
        if (commit == null) {
            return false;
        }
        command(session, send, handling -> {
            noteActive(session, send);
            replyWhenStored(session, send, commit, handling);
        });
        return true;
    }

    private void command(Session session, Command command, Consumer<Handling> work) {
        Handling handling = telemetry.begin(name(command));
        try {
            handling.during(() -> work.accept(handling));
        } catch (ChatException problem) {
            fail(session, command, problem, handling);
        } catch (RuntimeException fault) {
            fail(session, command, internal(command, fault), handling);
        }
    }

    private void refuse(Session session, ClientFrame.Refused refused) {
        Handling handling = telemetry.begin("refused");
        session.send(new ServerFrame.Failure(refused.id(), refused.code(), refused.message(), null));
        handling.end(refused.code());
        try {
            session.limits().others().take();
        } catch (ChatException tooMany) {
            session.close(CloseCode.TOO_FAST);
        }
    }

    private void handle(Session session, Command command, Handling handling) {
        switch (session.state()) {
            case SessionState.AwaitingConnect waiting -> {
                if (command instanceof ClientFrame.Connect connect) {
                    connects.handle(session, connect, handling);
                } else {
                    fail(session, command, new ChatException(ErrorCode.UNAUTHENTICATED, CONNECT_FIRST), handling);
                    session.close(CloseCode.CONNECT_EXPECTED);
                }
            }
            case SessionState.Live live -> {
                noteActive(session, command);
                answer(session, live.user(), command, handling);
            }
            case SessionState.Closing closing -> LOG.debugf("Session %s is closing, command dropped", session.id());
        }
    }

    private static void noteActive(Session session, Command command) {
        LiveUser user = session.live();
        if (user != null && shownUse(command)) {
            user.presence().device().active();
        }
    }

    /** Whether somebody uses the client that sends it: some commands every client sends by itself. */
    static boolean shownUse(Command command) {
        return switch (command) {
            case ClientFrame.Connect _,
                    ClientFrame.Ping _,
                    ClientFrame.Refresh _,
                    ClientFrame.History _,
                    ClientFrame.Subscribe _,
                    ClientFrame.Unsubscribe _ -> false;
            case ClientFrame.Write _, ClientFrame.Read _, ClientFrame.Typing _ -> true;
        };
    }

    private void answer(Session session, UserId user, Command command, Handling handling) {
        switch (command) {
            case ClientFrame.Connect connect ->
                throw new ChatException(ErrorCode.INVALID, "this connection is connected already");
            case ClientFrame.Write write ->
                replyWhenStored(session, write, () -> messages.answer(user, write), handling);
            case ClientFrame.Read read -> reply(session, () -> rooms.read(user, read), handling);
            case ClientFrame.History history -> reply(session, () -> rooms.history(user, history), handling);
            case ClientFrame.Typing typing -> reply(session, () -> presence.typing(session, user, typing), handling);
            case ClientFrame.Subscribe subscribe ->
                reply(session, () -> presence.subscribe(session, user, subscribe), handling);
            case ClientFrame.Unsubscribe unsubscribe ->
                reply(session, () -> presence.unsubscribe(session, user, unsubscribe), handling);
            case ClientFrame.Refresh refresh -> reply(session, () -> tokens.refresh(session, user, refresh), handling);
            case ClientFrame.Ping ping -> reply(session, () -> new ServerFrame.Pong(ping.id()), handling);
        }
    }

    private void reply(Session session, Supplier<ServerFrame.Reply> answer, Handling handling) {
        session.limits().others().take();
        session.send(answer.get());
        handling.end(null);
    }

    /** Does not wait for the commit: the next frame is taken meanwhile, and the log keeps the order of the calls. */
    private void replyWhenStored(
            Session session,
            ClientFrame.Write command,
            Supplier<CompletionStage<ServerFrame.Reply>> answer,
            Handling handling) {
        session.limits().sends().take();
        if (!session.limits().outstanding().tryAcquire()) {
            throw new ChatException(ErrorCode.RATE_LIMITED, "too many sends wait for their answer", OUTSTANDING_RETRY);
        }
        CompletionStage<ServerFrame.Reply> commit;
        try {
            commit = answer.get();
        } catch (RuntimeException refused) {
            session.limits().outstanding().release();
            throw refused;
        }
        var _ = commit.whenComplete((reply, failure) -> {
            if (failure == null) {
                session.send(reply);
                handling.end(null);
            } else {
                fail(session, command, problem(command, failure), handling);
            }
            session.limits().outstanding().release();
        });
    }

    private void fail(Session session, Command command, ChatException problem, Handling handling) {
        session.fail(command.id(), problem);
        handling.end(problem.code());
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
