package io.chatcluster.operator;

import io.chatcluster.crds.v1alpha1.ChatCluster;
import io.chatcluster.operator.metadata.Labels;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.SecretBuilder;
import io.fabric8.kubernetes.client.informers.cache.BasicItemStore;
import io.fabric8.kubernetes.client.informers.cache.Cache;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Secrets without what is never asked of them: nearly all are not of the operator, and a cluster may have gigabytes. Which of
 * them a ChatCluster refers to does not matter, for one that does may come later.
 */
final class KeptSecrets extends BasicItemStore<Secret> {
    /** What the operator reads in a Secret that a ChatCluster refers to. */
    private static final Set<String> READ =
            Set.of("aws_access_key_id", "aws_secret_access_key", "username", "password", "ca.crt", "secret");

    /** What it only wants to be there. */
    private static final Set<String> PRESENT = Set.of("tls.crt", "tls.key");

    /** Names of what the operator makes, which may have been there before, and then carries no label of the operator's. */
    private static final List<String> OWN = List.of("-signing-key", "-redis-auth", "-redis-tls");

    private static final String SOMETHING = "eA==";

    KeptSecrets() {
        super(Cache::metaNamespaceKeyFunc);
    }

    @Override
    public @Nullable Secret put(String key, Secret secret) {
        return super.put(key, isOwn(secret) ? secret : reduced(secret));
    }

    private static boolean isOwn(Secret secret) {
        var metadata = secret.getMetadata();
        return Labels.OPERATOR.equals(labels(secret).get(Labels.MANAGED_BY))
                || metadata.getOwnerReferences().stream()
                        .anyMatch(owner -> owner.getKind().equals(HasMetadata.getKind(ChatCluster.class)))
                || OWN.stream().anyMatch(metadata.getName()::endsWith);
    }

    private static Map<String, String> labels(Secret secret) {
        return Objects.requireNonNullElse(secret.getMetadata().getLabels(), Map.of());
    }

    private static Secret reduced(Secret secret) {
        var kept = new HashMap<String, String>();
        Objects.requireNonNullElse(secret.getData(), Map.<String, String>of()).forEach((key, value) -> {
            if (READ.contains(key)) {
                kept.put(key, value);
            } else if (PRESENT.contains(key)) {
                kept.put(key, value.isEmpty() ? value : SOMETHING);
            }
        });
        var metadata = secret.getMetadata();
        return new SecretBuilder()
                .withMetadata(new ObjectMetaBuilder()
                        .withNamespace(metadata.getNamespace())
                        .withName(metadata.getName())
                        .withUid(metadata.getUid())
                        .withResourceVersion(metadata.getResourceVersion())
                        .build())
                .withData(kept)
                .build();
    }
}
