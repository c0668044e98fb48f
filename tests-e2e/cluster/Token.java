import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.Signature;
import java.security.spec.PKCS8EncodedKeySpec;
import java.time.Instant;
import java.util.Base64;

/**
 * Signs a token for a user of the sample chat, as an application's back end does (JWT, RFC 7519; ES256, RFC 7518 section 3.4).
 * The private key comes as PEM on standard input, so that no command line shows it.
 */
class Token {
    private static final Base64.Encoder BASE64 = Base64.getUrlEncoder().withoutPadding();

    /** Arguments: key id, issuer, audience, user, seconds to live, scope (may be empty). */
    public static void main(String[] args) throws IOException, GeneralSecurityException {
        var now = Instant.now().getEpochSecond();
        var header = "{\"alg\":\"ES256\",\"typ\":\"JWT\",\"kid\":%s}".formatted(json(args[0]));
        var scope = args[5].isEmpty() ? "" : ",\"scope\":" + json(args[5]);
        var claims = "{\"iss\":%s,\"aud\":%s,\"sub\":%s,\"iat\":%d,\"exp\":%d%s}"
                .formatted(json(args[1]), json(args[2]), json(args[3]), now, now + Long.parseLong(args[4]), scope);
        var signed = encode(header) + "." + encode(claims);
        System.out.println(signed + "." + BASE64.encodeToString(sign(signed)));
    }

    private static byte[] sign(String text) throws IOException, GeneralSecurityException {
        var pem = new String(System.in.readAllBytes(), StandardCharsets.US_ASCII);
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
