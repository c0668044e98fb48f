package io.chatcluster.operator.aws;

import io.fabric8.kubernetes.api.model.Secret;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import org.jspecify.annotations.Nullable;

/**
 * How the operator identifies itself to AWS for one ChatCluster.
 *
 * @param version changes with the content, so that clients can be kept by it
 */
public record AwsCredentials(
        String version,
        @Nullable String accessKeyId,
        @Nullable String secretAccessKey) {
    private static final String ACCESS_KEY_ID = "aws_access_key_id";
    private static final String SECRET_ACCESS_KEY = "aws_secret_access_key";

    /** What the AWS SDK finds by itself. */
    public static final AwsCredentials FROM_ENVIRONMENT = new AwsCredentials("", null, null);

    public static AwsCredentials of(Secret secret) {
        var metadata = secret.getMetadata();
        return new AwsCredentials(
                metadata.getUid() + "/" + metadata.getResourceVersion(),
                text(secret, ACCESS_KEY_ID),
                text(secret, SECRET_ACCESS_KEY));
    }

    private static String text(Secret secret, String key) {
        var data = secret.getData();
        var encoded = data == null ? null : data.get(key);
        return encoded == null ? "" : new String(Base64.getDecoder().decode(encoded), StandardCharsets.UTF_8).strip();
    }

    @Override
    public String toString() {
        return "AwsCredentials";
    }
}
