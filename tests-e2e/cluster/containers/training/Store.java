import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;

/** Stands in for DynamoDB: takes every write and forgets it. */
record Store(HttpServer server) implements AutoCloseable {
    /** What is said of a write, of a key that is free and of a query that finds nothing. */
    private static final String NOTHING = "{}";
    /** What the application asks when it is to append to a room: it wants a beginning before it does. */
    private static final String WHERE_A_ROOM_ENDS = "\"room = :room\"";

    private static final String AT_ITS_BEGINNING = """
            {"Count": 1, "Items": [{"room": {"S": "any"}, "firstSeq": {"N": "0"}, "resumeAt": {"N": "0"},
              "claimedAt": {"N": "%d"}, "reserved": {"N": "10000"}}]}
            """;

    static Store start() throws IOException {
        var server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> {
            var request = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
            var answer = answer(request).getBytes(StandardCharsets.UTF_8);
            exchange.getResponseHeaders().add("Content-Type", "application/x-amz-json-1.0");
            exchange.sendResponseHeaders(200, answer.length);
            exchange.getResponseBody().write(answer);
            exchange.close();
        });
        server.start();
        return new Store(server);
    }

    private static String answer(String request) {
        return request.contains(WHERE_A_ROOM_ENDS) ? AT_ITS_BEGINNING.formatted(System.currentTimeMillis()) : NOTHING;
    }

    URI address() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
