package io.chatcluster.chat.operations;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import software.amazon.awssdk.http.ContentStreamProvider;
import software.amazon.awssdk.http.SdkHttpFullRequest;
import software.amazon.awssdk.http.SdkHttpMethod;
import software.amazon.awssdk.http.SdkHttpRequest;
import software.amazon.awssdk.http.auth.aws.signer.AwsV4HttpSigner;
import software.amazon.awssdk.http.auth.spi.signer.HttpSigner;
import software.amazon.awssdk.identity.spi.AwsCredentialsIdentity;
import software.amazon.awssdk.identity.spi.AwsSessionCredentialsIdentity;

/** The SDK's own signer says what is right. */
class AwsSignatureTest {

    private static final byte[] BODY = "{\"TableName\":\"안녕\"}".getBytes(StandardCharsets.UTF_8);
    private static final AwsCredentialsIdentity KEYS = AwsCredentialsIdentity.create("AKIDEXAMPLE", "wJalrXUtnFEMI/K7");
    private static final AwsCredentialsIdentity ROLE =
            AwsSessionCredentialsIdentity.create("ASIAEXAMPLE", "bPxRfiCYEXAMPLEKEY", "token/of+the=session");

    @ParameterizedTest
    @CsvSource({
        "false, 2026-11-29T12:34:56Z, dynamodb.eu-central-1.amazonaws.com, /",
        "true, 2026-11-29T12:34:56Z, dynamodb.eu-central-1.amazonaws.com, /",
        "false, 2027-01-01T00:00:00Z, 127.0.0.1:8000, /",
        "false, 2027-01-01T00:00:00Z, gateway.test, /stores/dynamodb/"
    })
    void shouldSignAsTheSdkDoes(boolean role, Instant now, String host, String path) {
        // Given
        AwsSignature signature = new AwsSignature("eu-central-1", "dynamodb", path);
        AwsCredentialsIdentity credentials = role ? ROLE : KEYS;
        SortedMap<String, String> headers = headers(host);

        // When
        SortedMap<String, String> signed = signature.sign(headers, BODY, credentials, now);

        // Then
        SdkHttpRequest expected = signedBySdk(headers, path, credentials, now);
        assertThat(signed).containsEntry("authorization", header(expected, "Authorization"));
        assertThat(signed).containsEntry("x-amz-date", header(expected, "X-Amz-Date"));
        assertThat(signed.get("x-amz-security-token")).isEqualTo(header(expected, "X-Amz-Security-Token"));
    }

    @ParameterizedTest
    @CsvSource({"2026-11-30T00:00:01Z, false", "2026-11-29T23:59:59Z, true"})
    void shouldSignWithANewKeyOnceTheDayOrTheSecretIsAnother(Instant later, boolean role) {
        // Given
        AwsSignature signature = new AwsSignature("eu-central-1", "dynamodb", "/");
        SortedMap<String, String> headers = headers("localhost");
        var before = signature.sign(headers, BODY, KEYS, Instant.parse("2026-11-29T12:00:00Z"));

        // When
        var signed = signature.sign(headers, BODY, role ? ROLE : KEYS, later);

        // Then
        assertThat(before).containsKey("authorization");
        assertThat(signed)
                .containsEntry(
                        "authorization", header(signedBySdk(headers, "/", role ? ROLE : KEYS, later), "Authorization"));
    }

    private static SortedMap<String, String> headers(String host) {
        return new TreeMap<>(Map.of(
                "content-type", "application/x-amz-json-1.0",
                "host", host,
                "x-amz-target", "DynamoDB_20120810.PutItem"));
    }

    private static SdkHttpRequest signedBySdk(
            Map<String, String> headers, String path, AwsCredentialsIdentity credentials, Instant now) {
        SdkHttpFullRequest.Builder request = SdkHttpFullRequest.builder()
                .method(SdkHttpMethod.POST)
                .uri(URI.create("http://" + headers.get("host") + path));
        headers.forEach(request::putHeader);
        return AwsV4HttpSigner.create()
                .sign(sign -> sign.identity(credentials)
                        .request(request.build())
                        .payload(ContentStreamProvider.fromByteArray(BODY))
                        .putProperty(AwsV4HttpSigner.REGION_NAME, "eu-central-1")
                        .putProperty(AwsV4HttpSigner.SERVICE_SIGNING_NAME, "dynamodb")
                        .putProperty(HttpSigner.SIGNING_CLOCK, Clock.fixed(now, ZoneOffset.UTC)))
                .request();
    }

    private static @Nullable String header(SdkHttpRequest request, String name) {
        return request.firstMatchingHeader(name).orElse(null);
    }
}
