package io.chatcluster.operator;

import io.chatcluster.crds.v1alpha1.ChatCluster;
import io.chatcluster.crds.v1alpha1.ChatClusterSpec;
import io.chatcluster.crds.v1alpha1.ConditionReason;
import io.chatcluster.operator.aws.AwsCredentials;
import io.chatcluster.operator.metadata.ResourceNames;
import io.chatcluster.operator.plan.SecretContents;
import io.chatcluster.operator.plan.SecretReference;
import io.chatcluster.operator.plan.SecretsPlan;
import io.chatcluster.operator.status.Problem;
import io.fabric8.kubernetes.api.model.Secret;
import io.javaoperatorsdk.operator.api.reconciler.Context;
import io.javaoperatorsdk.operator.processing.event.ResourceID;
import io.javaoperatorsdk.operator.processing.event.source.informer.InformerEventSource;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The Secrets that one ChatCluster needs, as they are in the cluster now.
 *
 * @param references what the spec refers to
 * @param referenced those of them that are there, by name
 */
record Secrets(
        ResourceNames names,
        @Nullable Secret signingKey,
        @Nullable Secret redisAuth,
        @Nullable Secret redisTls,
        List<SecretReference> references,
        Map<String, Secret> referenced) {

    static Secrets of(ChatCluster cluster, Context<ChatCluster> context) {
        // By name and not by owner: a Secret may be older than the ChatCluster that refers to it.
        var source = (InformerEventSource<Secret, ChatCluster>)
                context.eventSourceRetriever().getEventSourceFor(Secret.class, EventSources.SECRETS);
        var namespace = cluster.getMetadata().getNamespace();
        return of(cluster, name -> source.get(new ResourceID(name, namespace)).orElse(null));
    }

    static Secrets of(ChatCluster cluster, Function<String, @Nullable Secret> find) {
        var names = ResourceNames.of(cluster);
        var references = references(cluster);
        var referenced = new HashMap<String, Secret>();
        for (var reference : references) {
            var secret = find.apply(reference.secret());
            if (secret != null) {
                referenced.put(reference.secret(), secret);
            }
        }
        return new Secrets(
                names,
                find.apply(names.signingKey()),
                find.apply(names.redisAuth()),
                find.apply(names.redisTls()),
                references,
                referenced);
    }

    static List<SecretReference> references(ChatCluster cluster) {
        @Nullable ChatClusterSpec spec = cluster.getSpec();
        return spec == null ? List.of() : SecretReference.of(spec);
    }

    SecretContents contents() {
        var contents = new HashMap<String, Map<String, String>>();
        referenced.forEach((name, secret) -> contents.put(name, data(secret)));
        return new SecretContents(own(signingKey), own(redisAuth), own(redisTls), contents);
    }

    /** Credentials for AWS; absent where the Secret with them is missing or incomplete. */
    @Nullable
    AwsCredentials awsCredentials() {
        var reference = references.stream()
                .filter(candidate -> candidate.keys().equals(SecretReference.AWS_KEYS))
                .findFirst();
        if (reference.isEmpty()) {
            return AwsCredentials.FROM_ENVIRONMENT;
        }
        var secret = referenced.get(reference.get().secret());
        return secret == null || !missing(secret, reference.get().keys()).isEmpty() ? null : AwsCredentials.of(secret);
    }

    /**
     * What is wrong with a Secret.
     *
     * @param needed the operator's own that there are to be
     */
    @Nullable
    Problem problem(SecretsPlan needed) {
        return Stream.concat(
                        references.stream().map(this::problem),
                        Stream.of(
                                needed.signingKey() == null
                                        ? null
                                        : own(
                                                names.signingKey(),
                                                signingKey,
                                                SecretContents.SIGNING_KEY_KEYS,
                                                "every token signed so far is refused"),
                                needed.redisAuth() == null
                                        ? null
                                        : own(
                                                names.redisAuth(),
                                                redisAuth,
                                                SecretContents.REDIS_AUTH_KEYS,
                                                "chat pods are without Redis until they have read it"),
                                needed.redisTls() == null
                                        ? null
                                        : own(
                                                names.redisTls(),
                                                redisTls,
                                                SecretContents.REDIS_TLS_KEYS,
                                                "chat pods are without Redis until they have read it")))
                .filter(Objects::nonNull)
                .findFirst()
                .orElse(null);
    }

    private @Nullable Problem problem(SecretReference reference) {
        var secret = referenced.get(reference.secret());
        if (secret == null) {
            return Problem.lasting(
                    ConditionReason.SECRET_MISSING,
                    "Secret %s, to which %s refers, does not exist in namespace %s: make it with the keys %s."
                            .formatted(
                                    reference.secret(),
                                    reference.field(),
                                    names.namespace(),
                                    String.join(" and ", reference.keys())));
        }
        var missing = missing(secret, reference.keys());
        return missing.isEmpty()
                ? null
                : Problem.lasting(
                        ConditionReason.SECRET_INVALID,
                        "Secret %s, to which %s refers, lacks %s."
                                .formatted(reference.secret(), reference.field(), String.join(" and ", missing)));
    }

    /** Of one that the operator makes: at the end of a visit it is there, unless the visit could not write. */
    private static @Nullable Problem own(String name, @Nullable Secret secret, Set<String> keys, String consequence) {
        if (secret == null) {
            return Problem.lasting(
                    ConditionReason.SECRET_MISSING,
                    "Secret %s is not there. The operator makes it: see in Progressing what keeps it from that."
                            .formatted(name));
        }
        var missing = missing(secret, new TreeSet<>(keys).stream().toList());
        return missing.isEmpty()
                ? null
                : Problem.lasting(
                        ConditionReason.SECRET_INVALID,
                        "Secret %s lacks %s. Put it back, or delete the Secret to have a new one made, after which %s."
                                .formatted(name, missing, consequence));
    }

    private static List<String> missing(Secret secret, List<String> keys) {
        return keys.stream()
                .filter(key -> {
                    var value = data(secret).get(key);
                    return value == null || Base64.getDecoder().decode(value).length == 0;
                })
                .toList();
    }

    private static @Nullable Map<String, String> own(@Nullable Secret secret) {
        return secret == null ? null : data(secret);
    }

    private static Map<String, String> data(Secret secret) {
        return secret.getData() == null ? Map.of() : secret.getData();
    }

    @Override
    public String toString() {
        return "Secrets of " + names;
    }
}
