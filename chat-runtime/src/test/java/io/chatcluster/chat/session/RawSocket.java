package io.chatcluster.chat.session;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;

/** A client by hand (RFC 6455) that answers no ping, and reads only when it is told to. */
final class RawSocket implements AutoCloseable {
    private static final int PATIENCE_MILLIS = 60_000;
    private static final int RECEIVE_BUFFER = 4_096;
    private static final int TEXT = 0x81;
    private static final int CLOSE = 0x88;
    private static final int PING = 0x89;
    private static final int PONG = 0x8a;
    private static final int MASKED = 0x80;

    private final Socket socket = new Socket();
    private final InputStream in;
    private final OutputStream out;

    RawSocket(URI base) {
        try {
            socket.setReceiveBufferSize(RECEIVE_BUFFER);
            socket.setSoTimeout(PATIENCE_MILLIS);
            socket.connect(new InetSocketAddress(base.getHost(), base.getPort()));
            in = new BufferedInputStream(socket.getInputStream(), 512);
            out = socket.getOutputStream();
            out.write(("GET /ws HTTP/1.1\r\nHost: " + base.getAuthority()
                            + "\r\nConnection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13"
                            + "\r\nSec-WebSocket-Protocol: chat.v1.json"
                            + "\r\nSec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==\r\n\r\n")
                    .getBytes(StandardCharsets.US_ASCII));
            String head = readHead();
            if (!head.toLowerCase(Locale.ROOT).startsWith("http/1.1 101")) {
                throw new IllegalStateException(head);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static RawSocket connected(URI base, String token) {
        RawSocket socket = new RawSocket(base);
        socket.sendText(connect(token));
        socket.awaitText();
        return socket;
    }

    static String connect(String token) {
        return "{\"id\":1,\"connect\":{\"token\":\"" + token + "\"}}";
    }

    void sendText(String text) {
        sendTexts(List.of(text));
    }

    /** Sends a frame for each of the texts, all in one packet as far as it holds them. */
    void sendTexts(List<String> texts) {
        ByteArrayOutputStream frames = new ByteArrayOutputStream();
        texts.forEach(text -> frames.writeBytes(textFrame(text)));
        try {
            out.write(frames.toByteArray());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Sends a PING; false when the connection has ended, which it shows without a read. */
    boolean sendPing() {
        return takes(frame(PING, "x".repeat(125)));
    }

    /** Sends a text; false when the connection has ended, which it shows without a read. */
    boolean takesText(String text) {
        return takes(textFrame(text));
    }

    private boolean takes(byte[] frame) {
        try {
            out.write(frame);
            return true;
        } catch (IOException ended) {
            return false;
        }
    }

    private static byte[] textFrame(String text) {
        return frame(TEXT, text);
    }

    /** Masked with zeros. */
    private static byte[] frame(int opcode, String text) {
        byte[] payload = text.getBytes(StandardCharsets.UTF_8);
        ByteArrayOutputStream frame = new ByteArrayOutputStream();
        frame.write(opcode);
        if (payload.length < 126) {
            frame.write(MASKED | payload.length);
        } else {
            frame.write(MASKED | 126);
            frame.write(payload.length >> 8);
            frame.write(payload.length);
        }
        frame.writeBytes(new byte[4]);
        frame.writeBytes(payload);
        return frame.toByteArray();
    }

    /** Reads until a text frame; returns its text. */
    @CanIgnoreReturnValue
    String awaitText() {
        try {
            Frame frame = readFrame();
            while (frame.opcode != TEXT) {
                // Pings stay unanswered.
                frame = readFrame();
            }
            return new String(frame.payload, StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    void awaitPong() {
        try {
            while (readFrame().opcode != PONG) {
                // Whatever comes before.
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Reads until the close frame; returns its code. */
    int awaitClose() {
        try {
            Frame frame = readFrame();
            while (frame.opcode != CLOSE) {
                frame = readFrame();
            }
            return (frame.payload[0] & 0xff) << 8 | frame.payload[1] & 0xff;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Reads until the connection is gone, however it goes. */
    void awaitEnd() {
        try {
            while (in.read() >= 0) {
                // What came before the end.
            }
        } catch (SocketException reset) {
            // That is an end, too.
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Frame readFrame() throws IOException {
        DataInputStream data = new DataInputStream(in);
        int opcode = data.readUnsignedByte();
        int length = data.readUnsignedByte();
        if (length == 126) {
            length = data.readUnsignedShort();
        } else if (length == 127) {
            length = (int) data.readLong();
        }
        byte[] payload = new byte[length];
        data.readFully(payload);
        return new Frame(opcode, payload);
    }

    private String readHead() throws IOException {
        StringBuilder head = new StringBuilder();
        while (head.indexOf("\r\n\r\n") < 0) {
            int next = in.read();
            if (next < 0) {
                throw new EOFException(head.toString());
            }
            head.append((char) next);
        }
        return head.toString();
    }

    @Override
    public void close() {
        try {
            socket.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @SuppressWarnings("ArrayRecordComponent")
    private record Frame(int opcode, byte[] payload) {}
}
