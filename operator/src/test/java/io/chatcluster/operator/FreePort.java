package io.chatcluster.operator;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.concurrent.ThreadLocalRandom;

/**
 * A TCP port that nothing listens on, and that no outgoing connection takes until something does: Linux takes those from 32768 on,
 * as {@code ip(7)} says of {@code ip_local_port_range}.
 */
public final class FreePort {
    private static final int FIRST = 22_500;
    private static final int COUNT = 7_500;

    private FreePort() {}

    public static int find() {
        for (int tried = 0; tried < COUNT; tried++) {
            var port = FIRST + ThreadLocalRandom.current().nextInt(COUNT);
            if (isFree(port)) {
                return port;
            }
        }
        throw new IllegalStateException("no port from %d to %d is free".formatted(FIRST, FIRST + COUNT - 1));
    }

    private static boolean isFree(int port) {
        try (var socket = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
            return socket.isBound();
        } catch (IOException taken) {
            return false;
        }
    }
}
