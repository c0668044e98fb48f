package io.chatcluster.operator.plan;

import static java.util.Objects.requireNonNullElse;

import io.chatcluster.crds.v1alpha1.AutomaticRollback;
import io.chatcluster.crds.v1alpha1.ChatCluster;
import io.chatcluster.crds.v1alpha1.ChatClusterSpec;
import io.chatcluster.crds.v1alpha1.PodTemplateSpec;
import io.chatcluster.crds.v1alpha1.UpgradeSpec;
import io.chatcluster.operator.certificate.Signatures;
import io.chatcluster.operator.metadata.Annotations;
import io.chatcluster.operator.metadata.Component;
import io.chatcluster.operator.metadata.ResourceNames;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** Makes a plan of a spec. All defaults are in this package, and none is written back into the spec. */
public final class ClusterPlanner {
    private static final int DEFAULT_DRAIN_TIMEOUT_SECONDS = 30;
    private static final int DEFAULT_PROGRESS_DEADLINE_SECONDS = 600;
    private static final UpgradeSpec NO_UPGRADE = new UpgradeSpec(null, null, null);
    private static final PodTemplateSpec NO_TEMPLATE =
            new PodTemplateSpec(null, null, null, null, null, null, null, null);

    private final Installation installation;
    private final SecureRandom random;
    private final Signatures signatures = new Signatures();

    public ClusterPlanner(Installation installation, SecureRandom random) {
        this.installation = installation;
        this.random = random;
    }

    public Planning plan(ChatCluster cluster, Circumstances found) {
        var names = ResourceNames.of(cluster);
        var spec = cluster.getSpec();
        var media = spec.media() == null ? null : MediaPlan.of(spec.media(), spec, names);
        var problems = SpecProblems.of(spec, media);
        if (!problems.isEmpty()) {
            return new Planning.Refused(problems);
        }
        var external = spec.redis() == null ? null : spec.redis().external();
        var redis = external == null
                ? RedisPlan.managed(spec, names, installation, found)
                : RedisPlan.external(external, names, installation, found);
        var secrets = new SecretsPlanner(cluster, found, random, signatures).plan(isSigning(spec), hosts(redis, names));
        var chat = chat(cluster, names, redis, media);
        return new Planning.Planned(new ClusterPlan(
                names,
                installation,
                chat,
                ScalePlan.of(spec),
                redis,
                StoragePlan.of(spec.dynamodb(), names),
                media,
                spec.ingress() == null ? null : IngressPlan.of(spec.ingress(), names),
                secrets));
    }

    private ChatPlan chat(ChatCluster cluster, ResourceNames names, RedisPlan redis, @Nullable MediaPlan media) {
        var spec = cluster.getSpec();
        var template = requireNonNullElse(spec.template(), NO_TEMPLATE);
        var upgrade = requireNonNullElse(spec.upgrade(), NO_UPGRADE);
        var drainTimeout = requireNonNullElse(upgrade.drainTimeoutSeconds(), DEFAULT_DRAIN_TIMEOUT_SECONDS);
        var properties = RuntimeProperties.of(spec, names, redis, media, drainTimeout);
        return new ChatPlan(
                requireNonNullElse(spec.image(), installation.runtimeImage()),
                drainTimeout,
                requireNonNullElse(upgrade.progressDeadlineSeconds(), DEFAULT_PROGRESS_DEADLINE_SECONDS),
                upgrade.automaticRollback() != AutomaticRollback.DISABLED,
                properties,
                Hash.of(properties),
                annotation(cluster, Annotations.RESTARTED_AT),
                mounts(spec, names, redis),
                sorted(spec.aws() == null ? null : spec.aws().serviceAccountAnnotations()),
                sorted(template.labels()),
                sorted(template.annotations()),
                requireNonNullElse(template.resources(), PodDefaults.chatResources()),
                sorted(template.nodeSelector()),
                requireNonNullElse(template.tolerations(), List.of()),
                requireNonNullElse(template.affinity(), PodDefaults.chatAffinity(names)),
                requireNonNullElse(template.topologySpreadConstraints(), PodDefaults.spread(names, Component.RUNTIME)),
                template.priorityClassName());
    }

    private static List<SecretMount> mounts(ChatClusterSpec spec, ResourceNames names, RedisPlan redis) {
        var mounts = new ArrayList<SecretMount>();
        if (isSigning(spec)) {
            mounts.add(new SecretMount("auth", names.signingKey(), List.of(SigningKeyRotation.PUBLIC_KEYS)));
        }
        mounts.addAll(redis.mounts());
        var credentials = spec.aws() == null ? null : spec.aws().credentialsSecretRef();
        if (credentials != null) {
            mounts.add(new SecretMount("aws", credentials.name(), SecretReference.AWS_KEYS));
        }
        if (spec.webhook() != null) {
            mounts.add(new SecretMount(
                    "webhook", spec.webhook().signingSecretRef().name(), List.of(SecretReference.WEBHOOK_SECRET)));
        }
        return List.copyOf(mounts);
    }

    private static List<String> hosts(RedisPlan redis, ResourceNames names) {
        var servers = redis.servers();
        return IntStream.range(0, servers == null ? 0 : servers.running())
                .mapToObj(names::redisShardHost)
                .toList();
    }

    private static boolean isSigning(ChatClusterSpec spec) {
        return spec.auth() == null || spec.auth().oidc() == null;
    }

    private static @Nullable String annotation(ChatCluster cluster, String name) {
        var annotations = cluster.getMetadata().getAnnotations();
        return annotations == null ? null : annotations.get(name);
    }

    private static Map<String, String> sorted(@Nullable Map<String, String> map) {
        return map == null ? Map.of() : new TreeMap<>(map);
    }
}
