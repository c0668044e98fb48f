package io.chatcluster.chat.session;

import io.restassured.RestAssured;
import io.restassured.path.json.JsonPath;
import io.restassured.response.Response;
import io.restassured.specification.RequestSpecification;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** A user who attaches files: the chat service over its HTTP interface, the store with a plain client. */
record MediaClient(String user) {
    private static final HttpClient HTTP = HttpClient.newHttpClient();

    String token() {
        return GeneratedKeys.ISSUER.token(user);
    }

    String group(MediaClient other) {
        return api().body(Map.of("kind", "group", "name", "Team", "members", List.of(other.user)))
                .post("/api/v1/rooms")
                .then()
                .statusCode(201)
                .extract()
                .path("room");
    }

    Response announce(String room, String name, String contentType, long bytes) {
        return api().body(Map.of("name", name, "contentType", contentType, "bytes", bytes))
                .post("/api/v1/rooms/" + room + "/attachments");
    }

    /** As a back end, in that user's name. */
    Response announceFor(String from, String room, String name, String contentType, long bytes) {
        return backEnd()
                .body(Map.of("from", from, "name", name, "contentType", contentType, "bytes", bytes))
                .post("/api/v1/rooms/" + room + "/attachments");
    }

    /** As a back end, in that user's name. */
    Response sendFor(String from, String room, String clientMessageId, String attachment) {
        return backEnd()
                .body(Map.of("from", from, "clientMessageId", clientMessageId, "attachments", List.of(attachment)))
                .post("/api/v1/rooms/" + room + "/messages");
    }

    JsonPath announced(String room, String name, String contentType, long bytes) {
        return announce(room, name, contentType, bytes)
                .then()
                .statusCode(201)
                .extract()
                .jsonPath();
    }

    /** Announces the file and uploads it; returns the attachment's id. */
    String uploaded(String room, String name, String contentType, byte[] content) {
        JsonPath announced = announced(room, name, contentType, content.length);
        HttpResponse<byte[]> stored = put(announced, contentType, content);
        if (stored.statusCode() != 200) {
            throw new AssertionError("the store answers " + stored.statusCode() + ": " + new String(stored.body()));
        }
        return announced.getString("attachment");
    }

    Response announceAvatar(String contentType, long bytes) {
        return api().body(Map.of("name", "me", "contentType", contentType, "bytes", bytes))
                .post("/api/v1/users/me/avatar");
    }

    /** Uploads a picture for the profile; returns its id. */
    String uploadedAvatar(String contentType, byte[] content) {
        JsonPath announced = announceAvatar(contentType, content.length)
                .then()
                .statusCode(201)
                .extract()
                .jsonPath();
        put(announced, contentType, content);
        return announced.getString("attachment");
    }

    Response shows(String avatar) {
        return api().body(Map.of("displayName", "Me", "avatar", avatar)).put("/api/v1/users/me");
    }

    Response showsNothing() {
        return api().body(Map.of()).put("/api/v1/users/me");
    }

    Response profileOf(MediaClient other) {
        return api().get("/api/v1/users/" + other.user);
    }

    Response send(String room, String clientMessageId, String... attachments) {
        Map<String, Object> message = new HashMap<>(Map.of("clientMessageId", clientMessageId));
        if (attachments.length == 0) {
            message.put("text", "hi");
        } else {
            message.put("attachments", attachments);
        }
        return api().body(message).post("/api/v1/rooms/" + room + "/messages");
    }

    List<Object> events(String room) {
        return api().get("/api/v1/rooms/" + room + "/messages").jsonPath().getList("events");
    }

    JsonPath lastEvent(String room) {
        return api().get("/api/v1/rooms/" + room + "/messages?limit=1")
                .jsonPath()
                .setRootPath("events[0]");
    }

    Response download(String attachment) {
        return api().redirects().follow(false).get("/api/v1/attachments/" + attachment);
    }

    JsonPath address(String attachment) {
        return api().get("/api/v1/attachments/" + attachment + "?redirect=false")
                .then()
                .statusCode(200)
                .extract()
                .jsonPath();
    }

    /** PUTs with the announced headers, except for the type; the client sends the content's own length. */
    static HttpResponse<byte[]> put(JsonPath announced, String contentType, byte[] content) {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(announced.getString("uploadUrl")))
                .PUT(HttpRequest.BodyPublishers.ofByteArray(content));
        announced.<String, String>getMap("headers").forEach((name, value) -> {
            if (!name.equalsIgnoreCase("content-length") && !name.equalsIgnoreCase("content-type")) {
                request.header(name, value);
            }
        });
        return response(request.header("Content-Type", contentType).build());
    }

    static HttpResponse<byte[]> get(String url) {
        return response(HttpRequest.newBuilder(URI.create(url)).build());
    }

    private static HttpResponse<byte[]> response(HttpRequest request) {
        try {
            return HTTP.send(request, HttpResponse.BodyHandlers.ofByteArray());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private RequestSpecification backEnd() {
        return RestAssured.given()
                .auth()
                .oauth2(GeneratedKeys.ISSUER.adminToken(user))
                .contentType("application/json");
    }

    RequestSpecification api() {
        return RestAssured.given().auth().oauth2(token()).contentType("application/json");
    }
}
