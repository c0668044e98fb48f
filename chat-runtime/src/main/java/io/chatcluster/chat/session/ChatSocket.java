package io.chatcluster.chat.session;

import io.chatcluster.chat.protocol.CloseCode;
import io.netty.channel.Channel;
import io.quarkus.websockets.next.InboundProcessingMode;
import io.quarkus.websockets.next.OnBinaryMessage;
import io.quarkus.websockets.next.OnClose;
import io.quarkus.websockets.next.OnError;
import io.quarkus.websockets.next.OnOpen;
import io.quarkus.websockets.next.OnPongMessage;
import io.quarkus.websockets.next.OnTextMessage;
import io.quarkus.websockets.next.UserData.TypedKey;
import io.quarkus.websockets.next.WebSocket;
import io.quarkus.websockets.next.WebSocketConnection;
import io.smallrye.common.annotation.NonBlocking;
import io.vertx.core.buffer.Buffer;
import jakarta.inject.Inject;
import org.jboss.logging.Logger;

/**
 * The WebSocket endpoint: hands what happens on a socket to its session. Runs on event loops and never blocks: one frame is done
 * with before the next, without the queue per socket that would make it so.
 */
@WebSocket(path = "/ws", inboundProcessingMode = InboundProcessingMode.CONCURRENT)
public class ChatSocket {
    private static final Logger LOG = Logger.getLogger(ChatSocket.class);
    private static final TypedKey<Session> SESSION = new TypedKey<>("session");

    private final Sessions sessions;
    private final CloseMetrics metrics;

    @Inject
    ChatSocket(Sessions sessions, CloseMetrics metrics) {
        this.sessions = sessions;
        this.metrics = metrics;
    }

    @OnOpen
    @NonBlocking
    void opened(WebSocketConnection connection) {
        Channel channel = connection.userData().remove(HandshakeCheck.CHANNEL);
        // Nobody needs them any more, and the socket would keep them until its end.
        connection.userData().remove(HandshakeCheck.HEADERS).clear();
        connection.userData().put(SESSION, sessions.open(new ChannelWire(connection, channel, metrics)));
    }

    @OnTextMessage
    @NonBlocking
    void received(String text, WebSocketConnection connection) {
        session(connection).receive(text);
    }

    @OnBinaryMessage
    @NonBlocking
    void receivedBinary(Buffer ignored, WebSocketConnection connection) {
        session(connection).close(CloseCode.PROTOCOL_ERROR);
    }

    @OnPongMessage
    @NonBlocking
    void ponged(Buffer ignored, WebSocketConnection connection) {
        session(connection).heartbeat().heard(System.nanoTime());
    }

    @OnError
    @NonBlocking
    void failed(Throwable failure, WebSocketConnection connection) {
        LOG.debugf(
                failure, "The socket of session %s failed", session(connection).id());
        session(connection).close(CloseCode.UNAVAILABLE);
    }

    @OnClose
    @NonBlocking
    void closed(WebSocketConnection connection) {
        sessions.disconnected(session(connection));
    }

    private static Session session(WebSocketConnection connection) {
        return connection.userData().get(SESSION);
    }
}
