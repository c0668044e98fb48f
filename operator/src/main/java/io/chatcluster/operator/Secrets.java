package io.chatcluster.operator;

import io.chatcluster.crds.v1alpha1.ChatCluster;
import io.chatcluster.crds.v1alpha1.ConditionReason;
import io.chatcluster.operator.aws.AwsCredentials;
import io.chatcluster.operator.metadata.ResourceNames;
import io.chatcluster.operator.plan.SecretContents;
import io.chatcluster.operator.status.Problem;
import io.fabric8.kubernetes.api.model.Secret;
import io.javaoperatorsdk.operator.api.reconciler.Context;
import io.javaoperatorsdk.operator.processing.event.ResourceID;
import io.javaoperatorsdk.operator.processing.event.source.informer.InformerEventSource;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The Secrets that one ChatCluster needs, as they are in the cluster now.
 *
 * @param credentialsName name of the Secret with AWS credentials; absent where the spec refers to none
 */
record Secrets(
        ResourceNames names,
        @Nullable Secret signingKey,
        @Nullable Secret redisAuth,
        @Nullable String credentialsName,
        @Nullable Secret credentials) {

    static Secrets of(ChatCluster cluster, Context<ChatCluster> context) {
        var names = new ResourceNames(
                cluster.getMetadata().getNamespace(), cluster.getMetadata().getName());
        var credentials = credentialsName(cluster);
        return new Secrets(
                names,
                find(names.signingKey(), names, context),
                find(names.redisAuth(), names, context),
                credentials,
                credentials == null ? null : find(credentials, names, context));
    }

    static @Nullable String credentialsName(ChatCluster cluster) {
        var aws = cluster.getSpec() == null ? null : cluster.getSpec().aws();
        var reference = aws == null ? null : aws.credentialsSecretRef();
        return reference == null ? null : reference.name();
    }

    private static @Nullable Secret find(String name, ResourceNames names, Context<ChatCluster> context) {
        // By name and not by owner: a Secret may be older than the ChatCluster that refers to it.
        var source = (InformerEventSource<Secret, ChatCluster>)
                context.eventSourceRetriever().getEventSourceFor(Secret.class, EventSources.SECRETS);
        return source.get(new ResourceID(name, names.namespace())).orElse(null);
    }

    SecretContents contents() {
        return new SecretContents(data(signingKey), data(redisAuth));
    }

    /** Credentials for AWS; absent where the Secret with them is missing or incomplete. */
    @Nullable
    AwsCredentials awsCredentials() {
        if (credentialsName == null) {
            return AwsCredentials.FROM_ENVIRONMENT;
        }
        return credentials == null || !AwsCredentials.missingKeys(credentials).isEmpty()
                ? null
                : AwsCredentials.of(credentials);
    }

    /** What is wrong with a Secret that is there, or with one that somebody else must make. */
    @Nullable
    Problem problem() {
        if (credentialsName != null && credentials == null) {
            return Problem.lasting(
                    ConditionReason.SECRET_MISSING,
                    "Secret %s, to which spec.aws.credentialsSecretRef refers, does not exist in namespace %s: make it with the keys %s and %s."
                            .formatted(
                                    credentialsName,
                                    names.namespace(),
                                    AwsCredentials.ACCESS_KEY_ID,
                                    AwsCredentials.SECRET_ACCESS_KEY));
        }
        if (credentials != null && !AwsCredentials.missingKeys(credentials).isEmpty()) {
            return Problem.lasting(
                    ConditionReason.SECRET_INVALID,
                    "Secret %s lacks %s.".formatted(credentialsName, AwsCredentials.missingKeys(credentials)));
        }
        return Stream.of(
                        incomplete(signingKey, SecretContents.SIGNING_KEY_KEYS, "every token signed so far is refused"),
                        incomplete(
                                redisAuth, SecretContents.REDIS_AUTH_KEYS, "the Redis servers and chat pods restart"))
                .filter(Objects::nonNull)
                .findFirst()
                .orElse(null);
    }

    private static @Nullable Problem incomplete(@Nullable Secret secret, Set<String> keys, String consequence) {
        if (secret == null) {
            return null;
        }
        var missing = new TreeSet<>(keys);
        missing.removeAll(Objects.requireNonNull(data(secret)).keySet());
        return missing.isEmpty()
                ? null
                : Problem.lasting(
                        ConditionReason.SECRET_INVALID,
                        "Secret %s lacks %s. Put it back, or delete the Secret to have a new one made, after which %s."
                                .formatted(secret.getMetadata().getName(), missing, consequence));
    }

    private static @Nullable Map<String, String> data(@Nullable Secret secret) {
        if (secret == null) {
            return null;
        }
        return secret.getData() == null ? Map.of() : secret.getData();
    }

    @Override
    public String toString() {
        return "Secrets of " + names;
    }
}
