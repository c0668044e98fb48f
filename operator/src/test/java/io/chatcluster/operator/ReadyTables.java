package io.chatcluster.operator;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;

/** DynamoDB where every table of a ChatCluster is there. */
final class ReadyTables {
    private static final ObjectMapper JSON = new ObjectMapper();

    private ReadyTables() {}

    static HttpServer serve() throws IOException {
        var server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.createContext("/", ReadyTables::describe);
        server.start();
        return server;
    }

    private static void describe(HttpExchange exchange) throws IOException {
        try (exchange) {
            var name =
                    JSON.readTree(exchange.getRequestBody()).path("TableName").asText();
            var keys = switch (name.substring(name.lastIndexOf('-') + 1)) {
                case "messages" -> List.of(key("room", "HASH"), key("firstSeq", "RANGE"));
                case "rooms" -> List.of(key("room", "HASH"));
                default -> List.of(key("user", "HASH"), key("room", "RANGE"));
            };
            var table = Map.of(
                    "TableName",
                    name,
                    "TableStatus",
                    "ACTIVE",
                    "KeySchema",
                    keys,
                    "GlobalSecondaryIndexes",
                    List.of(Map.of(
                            "IndexName",
                            "byRoom",
                            "KeySchema",
                            List.of(key("room", "HASH"), key("user", "RANGE")),
                            "Projection",
                            Map.of("ProjectionType", "ALL"))),
                    "AttributeDefinitions",
                    List.of(attribute("room", "S"), attribute("user", "S"), attribute("firstSeq", "N")));
            var body = JSON.writeValueAsString(Map.of("Table", table)).getBytes(StandardCharsets.UTF_8);
            exchange.getResponseHeaders().set("Content-Type", "application/x-amz-json-1.0");
            exchange.sendResponseHeaders(200, body.length);
            exchange.getResponseBody().write(body);
        }
    }

    private static Map<String, String> attribute(String name, String type) {
        return Map.of("AttributeName", name, "AttributeType", type);
    }

    private static Map<String, String> key(String attribute, String type) {
        return Map.of("AttributeName", attribute, "KeyType", type);
    }
}
