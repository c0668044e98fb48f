package io.chatcluster.operator.plan;

import static java.util.Objects.requireNonNullElse;

import io.chatcluster.crds.v1alpha1.ChatCluster;
import io.chatcluster.crds.v1alpha1.ChatClusterSpec;
import io.chatcluster.crds.v1alpha1.DeletionPolicy;
import io.chatcluster.crds.v1alpha1.ManagedRedisSpec;
import io.chatcluster.crds.v1alpha1.MediaSpec;
import io.chatcluster.crds.v1alpha1.PodTemplateSpec;
import io.chatcluster.crds.v1alpha1.Provisioning;
import io.chatcluster.operator.metadata.ResourceNames;
import io.fabric8.kubernetes.api.model.ResourceRequirements;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Makes a plan of a spec. All defaults are here and in {@link PodDefaults}, and none is written back into the spec. */
public final class ClusterPlanner {
    private static final int DEFAULT_REPLICAS = 2;
    private static final int DEFAULT_SHARDS = 2;
    private static final int DEFAULT_DRAIN_TIMEOUT_SECONDS = 30;
    private static final int BUCKET_NAME_MAX = 63;
    private static final PodTemplateSpec NO_TEMPLATE =
            new PodTemplateSpec(null, null, null, null, null, null, null, null);

    private final Images images;
    private final SecureRandom random;

    public ClusterPlanner(Images images, SecureRandom random) {
        this.images = images;
        this.random = random;
    }

    public Planning plan(ChatCluster cluster, SecretContents contents) {
        var names = new ResourceNames(
                cluster.getMetadata().getNamespace(), cluster.getMetadata().getName());
        var spec = cluster.getSpec();
        var media = media(spec, names);
        var problems = problems(spec, media);
        if (!problems.isEmpty()) {
            return new Planning.Refused(problems);
        }
        var secrets = contents.complete(random);
        var credentials = credentialsSecret(spec);
        var redis = redis(spec, secrets);
        var chat = chat(spec, names, redis, credentials != null);
        var revision = Hash.of(chat.toString(), String.valueOf(credentials));
        return new Planning.Planned(new ClusterPlan(
                names, images.version(), revision, chat, redis, storage(spec, names), media, credentials, secrets));
    }

    private ChatPlan chat(ChatClusterSpec spec, ResourceNames names, RedisPlan redis, boolean credentials) {
        var template = requireNonNullElse(spec.template(), NO_TEMPLATE);
        var drainTimeout = spec.upgrade() == null
                ? DEFAULT_DRAIN_TIMEOUT_SECONDS
                : requireNonNullElse(spec.upgrade().drainTimeoutSeconds(), DEFAULT_DRAIN_TIMEOUT_SECONDS);
        var properties = RuntimeProperties.of(spec, names, redis.shards(), drainTimeout, credentials);
        return new ChatPlan(
                requireNonNullElse(spec.image(), images.runtime()),
                requireNonNullElse(spec.replicas(), DEFAULT_REPLICAS),
                drainTimeout,
                properties,
                Hash.of(properties, redis.configHash()),
                sorted(spec.aws() == null ? null : spec.aws().serviceAccountAnnotations()),
                sorted(template.labels()),
                sorted(template.annotations()),
                requireNonNullElse(template.resources(), PodDefaults.chatResources()),
                sorted(template.nodeSelector()),
                requireNonNullElse(template.tolerations(), List.of()),
                requireNonNullElse(template.affinity(), PodDefaults.chatAffinity(names)),
                requireNonNullElse(template.topologySpreadConstraints(), PodDefaults.chatSpread(names)),
                template.priorityClassName());
    }

    private RedisPlan redis(ChatClusterSpec spec, SecretsPlan secrets) {
        var managed = managedRedis(spec);
        return new RedisPlan(
                images.redis(),
                requireNonNullElse(managed.shards(), DEFAULT_SHARDS),
                requireNonNullElse(managed.resources(), PodDefaults.redisResources()),
                Hash.of(
                        secrets.redisAuth().getOrDefault(RedisPasswords.PASSWORD, ""),
                        secrets.redisAuth().getOrDefault(RedisPasswords.CONFIGURATION, "")));
    }

    private static ManagedRedisSpec managedRedis(ChatClusterSpec spec) {
        var managed = spec.redis() == null ? null : spec.redis().managed();
        return requireNonNullElse(managed, new ManagedRedisSpec(null, null));
    }

    private static StoragePlan storage(ChatClusterSpec spec, ResourceNames names) {
        var tables = spec.dynamodb();
        return new StoragePlan(
                new AwsLocation(tables.region(), tables.endpoint()),
                names.tablePrefix(),
                requireNonNullElse(tables.pointInTimeRecovery(), tables.endpoint() == null),
                requireNonNullElse(tables.provisioning(), Provisioning.MANAGED),
                requireNonNullElse(tables.deletionPolicy(), DeletionPolicy.RETAIN));
    }

    private static @Nullable MediaPlan media(ChatClusterSpec spec, ResourceNames names) {
        MediaSpec media = spec.media();
        if (media == null) {
            return null;
        }
        return new MediaPlan(
                new AwsLocation(
                        requireNonNullElse(media.region(), spec.dynamodb().region()), media.endpoint()),
                requireNonNullElse(media.bucket(), names.bucket()),
                requireNonNullElse(media.provisioning(), Provisioning.MANAGED),
                requireNonNullElse(media.deletionPolicy(), DeletionPolicy.RETAIN));
    }

    private static @Nullable String credentialsSecret(ChatClusterSpec spec) {
        var aws = spec.aws();
        var reference = aws == null ? null : aws.credentialsSecretRef();
        return reference == null ? null : reference.name();
    }

    private static List<String> problems(ChatClusterSpec spec, @Nullable MediaPlan media) {
        var problems = new ArrayList<String>();
        if (media != null && media.bucket().length() > BUCKET_NAME_MAX) {
            problems.add(
                    "spec.media.bucket must be set: the default, %s, is longer than the %d characters of a bucket name"
                            .formatted(media.bucket(), BUCKET_NAME_MAX));
        }
        if (spec.template() != null && spec.template().resources() != null) {
            addLimitProblems("spec.template.resources", spec.template().resources(), problems);
        }
        var redisResources = managedRedis(spec).resources();
        if (redisResources != null) {
            addLimitProblems("spec.redis.managed.resources", redisResources, problems);
        }
        return problems;
    }

    private static void addLimitProblems(String field, ResourceRequirements resources, List<String> problems) {
        var limits =
                requireNonNullElse(resources.getLimits(), Map.<String, io.fabric8.kubernetes.api.model.Quantity>of());
        var requests =
                requireNonNullElse(resources.getRequests(), Map.<String, io.fabric8.kubernetes.api.model.Quantity>of());
        requests.forEach((resource, request) -> {
            var limit = limits.get(resource);
            if (limit != null && request.getNumericalAmount().compareTo(limit.getNumericalAmount()) > 0) {
                problems.add("%s.requests.%s must be at most the limit: %s is more than %s"
                        .formatted(field, resource, request, limit));
            }
        });
    }

    private static Map<String, String> sorted(@Nullable Map<String, String> map) {
        return map == null ? Map.of() : new TreeMap<>(map);
    }
}
