package io.chatcluster.e2e.harness;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** The HTTP side of one pod, as one user. */
public final class ChatApi {
    private static final HttpClient HTTP =
            HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(20)).build();
    private static final Duration ANSWER = Duration.ofMinutes(1);
    private static final int PAGE = 100;

    private final URI pod;
    private final String token;

    public ChatApi(URI pod, String token) {
        this.pod = pod;
        this.token = token;
    }

    /** Finds or makes the direct room with {@code other}, and returns its id. */
    public String directRoom(String other) {
        var body = Wire.JSON.createObjectNode().put("kind", "direct").put("with", other);
        return post("/api/v1/rooms", body).path("room").asText();
    }

    /** Makes a group room with these members besides oneself, and returns its id. */
    public String groupRoom(String name, String... members) {
        var body = Wire.JSON.createObjectNode().put("kind", "group").put("name", name);
        var list = body.putArray("members");
        List.of(members).forEach(list::add);
        return post("/api/v1/rooms", body).path("room").asText();
    }

    /** Every event of a room, oldest first, read page by page. */
    public List<ChatEvent> history(String room) {
        var all = new ArrayList<ChatEvent>();
        boolean more = true;
        while (more) {
            var after = all.isEmpty() ? 0 : all.getLast().seq();
            var page = get("/api/v1/rooms/" + room + "/messages?after=" + after + "&limit=" + PAGE);
            page.path("events").forEach(event -> all.add(ChatEvent.of(event)));
            more = page.path("more").asBoolean();
        }
        return all;
    }

    public JsonNode get(String path) {
        return answer(request(path).GET().build());
    }

    public JsonNode post(String path, JsonNode body) {
        return answer(request(path)
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString(body.toString()))
                .build());
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(pod.resolve(path)).header("Authorization", "Bearer " + token);
    }

    static JsonNode answer(HttpRequest request) {
        try {
            var response = WholeAnswer.of(HTTP.sendAsync(request, BodyHandlers.ofString()), ANSWER);
            if (response.statusCode() >= 300) {
                throw new AssertionError(request + " was answered " + response.statusCode() + ": " + response.body());
            }
            return Wire.JSON.readTree(response.body());
        } catch (JsonProcessingException e) {
            throw new AssertionError(request + " was answered with what is not JSON", e);
        } catch (IOException e) {
            throw new AssertionError(request + " was not answered", e);
        }
    }
}
