package io.chatcluster.chat.operations;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.HexFormat;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.identity.spi.AwsCredentialsIdentity;
import software.amazon.awssdk.identity.spi.AwsSessionCredentialsIdentity;

/**
 * Signs POST requests to one path of one service, as "AWS Signature Version 4 for API requests" says. What is the same for a
 * whole day is computed once a day.
 */
final class AwsSignature {

    private static final String ALGORITHM = "AWS4-HMAC-SHA256";
    private static final String HMAC = "HmacSHA256";
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss'Z'").withZone(ZoneOffset.UTC);
    private static final HexFormat HEX = HexFormat.of();

    /** @param mac to be cloned for each use: looking the algorithm up and setting the key take longer than to sign */
    private record Key(String day, String secret, Mac mac) {}

    private final String region;
    private final String service;
    private final String path;
    private final MessageDigest digest;
    private volatile @Nullable Key last;

    /** @param path of plain characters, as the requests have it */
    AwsSignature(String region, String service, String path) {
        this.region = region;
        this.service = service;
        this.path = path;
        try {
            this.digest = MessageDigest.getInstance("SHA-256");
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    /**
     * The headers with those that authorise the request, by name in lower case.
     *
     * @param headers all that are to be signed, by name in lower case: {@code host} among them
     */
    SortedMap<String, String> sign(
            Map<String, String> headers, byte[] body, AwsCredentialsIdentity credentials, Instant now) {
        String time = TIME.format(now);
        SortedMap<String, String> signed = new TreeMap<>(headers);
        String digestOfBody = sha256(body);
        signed.put("x-amz-content-sha256", digestOfBody);
        signed.put("x-amz-date", time);
        if (credentials instanceof AwsSessionCredentialsIdentity session) {
            signed.put("x-amz-security-token", session.sessionToken());
        }
        String names = String.join(";", signed.keySet());
        StringBuilder request =
                new StringBuilder(512).append("POST\n").append(path).append("\n\n");
        signed.forEach((name, value) ->
                request.append(name).append(':').append(value.strip()).append('\n'));
        request.append('\n').append(names).append('\n').append(digestOfBody);
        String scope = time.substring(0, 8) + '/' + region + '/' + service + "/aws4_request";
        String toSign = ALGORITHM + '\n' + time + '\n' + scope + '\n' + sha256(bytes(request.toString()));
        byte[] signature = hmac(key(time.substring(0, 8), credentials.secretAccessKey()), toSign);
        signed.put(
                "authorization",
                ALGORITHM + " Credential=" + credentials.accessKeyId() + '/' + scope + ", SignedHeaders=" + names
                        + ", Signature=" + HEX.formatHex(signature));
        return signed;
    }

    private Mac key(String day, String secret) {
        Key key = last;
        if (key == null || !key.day().equals(day) || !key.secret().equals(secret)) {
            byte[] ofDay = hmac(mac(bytes("AWS4" + secret)), day);
            byte[] ofService = hmac(mac(hmac(mac(ofDay), region)), service);
            key = new Key(day, secret, mac(hmac(mac(ofService), "aws4_request")));
            last = key;
        }
        return key.mac();
    }

    private static Mac mac(byte[] key) {
        try {
            Mac mac = Mac.getInstance(HMAC);
            mac.init(new SecretKeySpec(key, HMAC));
            return mac;
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    private static byte[] hmac(Mac key, String text) {
        try {
            return ((Mac) key.clone()).doFinal(bytes(text));
        } catch (CloneNotSupportedException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    private String sha256(byte[] bytes) {
        try {
            return HEX.formatHex(((MessageDigest) digest.clone()).digest(bytes));
        } catch (CloneNotSupportedException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
