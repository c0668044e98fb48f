import java.io.IOException;
import java.math.BigInteger;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPairGenerator;
import java.security.interfaces.ECPublicKey;
import java.security.spec.ECGenParameterSpec;
import java.time.Duration;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** Somebody whom the application lets in. There is no room in its store, so that what is asked of one is answered by an error. */
record Visitor(String token) {
    private static final String KEY = "training";
    private static final String AUDIENCE = "chat";
    private static final Duration LIFETIME = Duration.ofHours(1);
    private static final long PATIENCE_SECONDS = 60;

    /** Makes a key to sign the token with, and writes it where the application looks for keys. */
    static Visitor admitted(Path keys, String issuer) throws GeneralSecurityException, IOException {
        var generator = KeyPairGenerator.getInstance("EC");
        generator.initialize(new ECGenParameterSpec("secp256r1"));
        var pair = generator.generateKeyPair();
        var point = ((ECPublicKey) pair.getPublic()).getW();
        Files.writeString(
                keys,
                "{\"keys\":[{\"kty\":\"EC\",\"crv\":\"P-256\",\"alg\":\"ES256\",\"kid\":\"%s\",\"x\":\"%s\",\"y\":\"%s\"}]}"
                        .formatted(KEY, coordinate(point.getAffineX()), coordinate(point.getAffineY())));
        var pem = Base64.getEncoder().encodeToString(pair.getPrivate().getEncoded());
        return new Visitor(new Token(KEY, issuer, AUDIENCE, "visitor", LIFETIME, "").signed(pem));
    }

    private static String coordinate(BigInteger number) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(HexFormat.of().parseHex("%064x".formatted(number)));
    }

    /** Connects, asks, says something and leaves. */
    void call(HttpClient client, URI address) throws InterruptedException {
        var answers = new LinkedBlockingQueue<String>();
        var socket = client.newWebSocketBuilder()
                .subprotocols("chat.v1.json")
                .buildAsync(address, new Listener(answers))
                .join();
        for (String command : List.of(
                "\"connect\":{\"token\":\"" + token + "\"}",
                "\"ping\":{}",
                "\"history\":{\"room\":\"none\"}",
                "\"send\":{\"room\":\"none\",\"clientMessageId\":\"1\",\"text\":\"Hello\"}")) {
            socket.sendText("{\"id\":1," + command + "}", true).join();
            var answer = answers.poll(PATIENCE_SECONDS, TimeUnit.SECONDS);
            if (answer == null || command.startsWith("\"connect") && !answer.contains("\"session\"")) {
                throw new IllegalStateException("the application does not let a visitor in: " + answer);
            }
        }
        socket.sendClose(WebSocket.NORMAL_CLOSURE, "").join();
    }

    private record Listener(BlockingQueue<String> answers) implements WebSocket.Listener {
        @Override
        public CompletionStage<?> onText(WebSocket socket, CharSequence text, boolean last) {
            answers.add(text.toString());
            socket.request(1);
            return null;
        }
    }
}
