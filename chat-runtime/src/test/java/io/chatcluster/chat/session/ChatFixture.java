package io.chatcluster.chat.session;

import static io.chatcluster.chat.session.ChatClient.object;

import io.restassured.RestAssured;
import io.restassured.response.Response;
import io.restassured.specification.RequestSpecification;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/** The users of one test at the service under test: what they ask by HTTP, and their connections, which end with the test. */
final class ChatFixture implements AfterEachCallback {
    private final String run = UUID.randomUUID().toString().substring(0, 8);
    private final List<AutoCloseable> connections = new ArrayList<>();

    /** Found by the directory under {@link #run()}. */
    final String alice = run + "-alice";

    final String bob = run + "-bob";

    /** What the names of this test's users begin with. */
    String run() {
        return run;
    }

    /** Where the service under test is. */
    static URI base() {
        return URI.create("http://localhost:" + RestAssured.port);
    }

    static String token(String user) {
        return GeneratedKeys.ISSUER.token(user);
    }

    /** A request of the user, whose answer must be one that the OpenAPI document describes. */
    static RequestSpecification api(String user) {
        return RestAssured.given()
                .filter(new DocumentedAnswers())
                .auth()
                .oauth2(token(user))
                .contentType("application/json");
    }

    static String group(String owner, String... members) {
        return created(owner, Map.of("kind", "group", "name", "Team", "members", members));
    }

    static String direct(String me, String other) {
        return created(me, Map.of("kind", "direct", "with", other));
    }

    private static String created(String user, Map<String, Object> body) {
        Response response = api(user).body(body).post("/api/v1/rooms");
        if (response.statusCode() >= 300) {
            throw new IllegalStateException(response.asString());
        }
        return response.path("room");
    }

    /** Sends a message of the user under the id. */
    static Response message(String user, String room, String id) {
        return api(user).body(Map.of("clientMessageId", id, "text", "hi")).post("/api/v1/rooms/" + room + "/messages");
    }

    /** A connection that has not said whose it is. */
    ChatClient opened() {
        return kept(ChatClient.open(base()));
    }

    ChatClient connected(String user) {
        return kept(ChatClient.connected(base(), token(user)));
    }

    /** A connection that has the room's events up to the sequence. */
    ChatClient resumed(String user, String room, long seq) {
        return kept(ChatClient.resumed(base(), token(user), object().put(room, seq)));
    }

    <T extends AutoCloseable> T kept(T connection) {
        connections.add(connection);
        return connection;
    }

    @Override
    public void afterEach(ExtensionContext context) throws Exception {
        for (AutoCloseable connection : connections) {
            connection.close();
        }
        connections.clear();
    }
}
