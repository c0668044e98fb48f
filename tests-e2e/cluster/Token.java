import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.Signature;
import java.security.spec.PKCS8EncodedKeySpec;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;

/**
 * A token for a user of the sample chat, signed as an application's back end does it (JWT, RFC 7519; ES256, RFC 7518 section 3.4).
 *
 * @param scope what the token allows beyond being the user; empty for nothing
 */
record Token(String keyId, String issuer, String audience, String user, Duration lifetime, String scope) {
    private static final Base64.Encoder BASE64 = Base64.getUrlEncoder().withoutPadding();

    /**
     * Arguments: key id, issuer, audience, user, seconds to live, scope. The private key comes as PEM on standard input, so that
     * no command line shows it.
     */
    public static void main(String[] args) throws IOException, GeneralSecurityException {
        var lifetime = Duration.ofSeconds(Long.parseLong(args[4]));
        var token = new Token(args[0], args[1], args[2], args[3], lifetime, args[5]);
        System.out.println(token.signed(new String(System.in.readAllBytes(), StandardCharsets.US_ASCII)));
    }

    /** The token in its compact form, signed with a P-256 key in PEM. */
    String signed(String pem) throws GeneralSecurityException {
        var now = Instant.now().getEpochSecond();
        var header = "{\"alg\":\"ES256\",\"typ\":\"JWT\",\"kid\":%s}".formatted(json(keyId));
        var claims = "{\"iss\":%s,\"aud\":%s,\"sub\":%s,\"iat\":%d,\"exp\":%d%s}"
                .formatted(
                        json(issuer),
                        json(audience),
                        json(user),
                        now,
                        now + lifetime.toSeconds(),
                        scope.isEmpty() ? "" : ",\"scope\":" + json(scope));
        var text = encode(header) + "." + encode(claims);
        return text + "." + BASE64.encodeToString(signature(text, pem));
    }

    private static byte[] signature(String text, String pem) throws GeneralSecurityException {
        var der = Base64.getMimeDecoder().decode(pem.replaceAll("-----[A-Z ]+-----", ""));
        var signature = Signature.getInstance("SHA256withECDSAinP1363Format");
        signature.initSign(KeyFactory.getInstance("EC").generatePrivate(new PKCS8EncodedKeySpec(der)));
        signature.update(text.getBytes(StandardCharsets.US_ASCII));
        return signature.sign();
    }

    private static String encode(String json) {
        return BASE64.encodeToString(json.getBytes(StandardCharsets.UTF_8));
    }

    private static String json(String text) {
        return '"' + text.replace("\\", "\\\\").replace("\"", "\\\"") + '"';
    }
}
