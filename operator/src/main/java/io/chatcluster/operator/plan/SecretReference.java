package io.chatcluster.operator.plan;

import io.chatcluster.crds.v1alpha1.ChatClusterSpec;
import io.chatcluster.crds.v1alpha1.SecretRef;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A Secret that somebody else makes and a spec refers to.
 *
 * @param field the field that refers to it
 * @param keys keys that it must have
 */
public record SecretReference(String field, String secret, List<String> keys) {
    /** Keys of a Secret with AWS credentials. */
    public static final List<String> AWS_KEYS = List.of("aws_access_key_id", "aws_secret_access_key");

    static final String PASSWORD = "password";
    static final String USERNAME = "username";
    static final String AUTHORITY = "ca.crt";
    static final String WEBHOOK_SECRET = "secret";

    /** Every reference of a spec. */
    public static List<SecretReference> of(ChatClusterSpec spec) {
        var references = new ArrayList<SecretReference>();
        var aws = spec.aws();
        if (aws != null) {
            add(references, "spec.aws.credentialsSecretRef", aws.credentialsSecretRef(), AWS_KEYS);
        }
        var redis = spec.redis() == null ? null : spec.redis().external();
        if (redis != null) {
            var external = "spec.redis.external.";
            add(references, external + "credentialsSecretRef", redis.credentialsSecretRef(), List.of(PASSWORD));
            add(references, external + "caSecretRef", redis.caSecretRef(), List.of(AUTHORITY));
        }
        var ingress = spec.ingress();
        if (ingress != null) {
            add(references, "spec.ingress.tlsSecretRef", ingress.tlsSecretRef(), List.of("tls.crt", "tls.key"));
        }
        var webhook = spec.webhook();
        if (webhook != null) {
            add(references, "spec.webhook.signingSecretRef", webhook.signingSecretRef(), List.of(WEBHOOK_SECRET));
        }
        return references;
    }

    private static void add(
            List<SecretReference> references, String field, @Nullable SecretRef reference, List<String> keys) {
        if (reference != null) {
            references.add(new SecretReference(field, reference.name(), keys));
        }
    }
}
