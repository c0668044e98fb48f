import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.regex.Pattern;

/**
 * Stands in for an application's sign-in on the development cluster: whoever says a name gets its token, so it must never be
 * reachable by anybody else. {@code POST /token} with {@code {"user":"alice"}} answers {@code {"token":"…"}}.
 */
class SignIn {
    private static final int PORT = 8082;
    private static final int BODY_BYTES_MAX = 1024;
    private static final Duration LIFETIME = Duration.ofHours(1);
    private static final Pattern USER = Pattern.compile("\"user\"\\s*:\\s*\"([!#-\\[\\]-~]{1,128})\"");
    private static final Pattern KEY_ID = Pattern.compile("\"kid\"\\s*:\\s*\"([^\"]+)\"");

    private final Path keys;
    private final String issuer;
    private final String audience;

    SignIn(Path keys, String issuer, String audience) {
        this.keys = keys;
        this.issuer = issuer;
        this.audience = audience;
    }

    /** Arguments: the directory of a mounted signing key Secret, issuer, audience. */
    public static void main(String[] args) throws IOException {
        var signIn = new SignIn(Path.of(args[0]), args[1], args[2]);
        var server = HttpServer.create(new InetSocketAddress(PORT), 0);
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.createContext("/token", signIn::answer);
        server.createContext("/healthz", exchange -> respond(exchange, 200, "{}"));
        server.start();
    }

    private void answer(HttpExchange exchange) throws IOException {
        exchange.getResponseHeaders().set("Access-Control-Allow-Origin", "*");
        exchange.getResponseHeaders().set("Access-Control-Allow-Headers", "Content-Type");
        switch (exchange.getRequestMethod()) {
            case "OPTIONS" -> respond(exchange, 204, "");
            case "POST" -> sign(exchange);
            default -> respond(exchange, 405, "{\"error\":\"POST a user\"}");
        }
    }

    private void sign(HttpExchange exchange) throws IOException {
        var body = new String(exchange.getRequestBody().readNBytes(BODY_BYTES_MAX), StandardCharsets.UTF_8);
        var user = USER.matcher(body);
        if (!user.find()) {
            respond(exchange, 400, "{\"error\":\"user: must be 1 to 128 printable ASCII characters without spaces\"}");
            return;
        }
        try {
            // Read each time: the operator rotates the key.
            var keyId = KEY_ID.matcher(Files.readString(keys.resolve("jwks.json")));
            if (!keyId.find()) {
                throw new GeneralSecurityException("jwks.json names no key");
            }
            var token = new Token(keyId.group(1), issuer, audience, user.group(1), LIFETIME, "");
            respond(exchange, 200, "{\"token\":\"" + token.signed(Files.readString(keys.resolve("private.pem"))) + "\"}");
        } catch (GeneralSecurityException | IOException unreadable) {
            System.err.println("no token can be signed: " + unreadable);
            respond(exchange, 503, "{\"error\":\"the signing key cannot be read\"}");
        }
    }

    private static void respond(HttpExchange exchange, int status, String json) throws IOException {
        var bytes = json.getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().set("Content-Type", "application/json");
        exchange.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
        try (exchange) {
            exchange.getResponseBody().write(bytes);
        }
    }
}
