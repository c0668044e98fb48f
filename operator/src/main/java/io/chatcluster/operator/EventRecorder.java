package io.chatcluster.operator;

import io.chatcluster.crds.v1alpha1.ChatCluster;
import io.chatcluster.crds.v1alpha1.ChatClusterStatus;
import io.chatcluster.crds.v1alpha1.ConditionReason;
import io.chatcluster.operator.metadata.Labels;
import io.fabric8.kubernetes.api.model.Condition;
import io.fabric8.kubernetes.api.model.MicroTime;
import io.fabric8.kubernetes.api.model.events.v1.EventBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/** Writes Events for people: once when a condition flips or a change goes a step on, and once when something is made outside of the cluster. */
@ApplicationScoped
public class EventRecorder {
    private static final Logger LOG = Logger.getLogger(EventRecorder.class);
    private static final DateTimeFormatter MICROSECONDS =
            DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ss.SSSSSSXXX");
    private static final int NOTE_MAX = 1000;
    private static final Set<String> STEPS =
            Set.of(ConditionReason.ROTATING.value(), ConditionReason.SHARDS_CHANGING.value());

    private final KubernetesClient client;
    private final String instance;

    EventRecorder(KubernetesClient client, OperatorConfig config) {
        this.client = client;
        this.instance = config.instance();
    }

    void created(ChatCluster cluster, String what) {
        record(cluster, "Normal", "Created", what + ".");
    }

    void warn(ChatCluster cluster, String reason, String what) {
        record(cluster, "Warning", reason, what);
    }

    void flips(ChatCluster cluster, @Nullable ChatClusterStatus before, ChatClusterStatus after) {
        var old = conditions(before);
        conditions(after).stream()
                .filter(condition -> flipped(condition, old))
                .forEach(condition -> record(
                        cluster,
                        condition.getStatus().equals("True") ? "Normal" : "Warning",
                        condition.getReason(),
                        "%s is %s: %s".formatted(condition.getType(), condition.getStatus(), condition.getMessage())));
    }

    /**
     * The first status of all is no flip, except for what is wrong with the spec or good news. A rollback is one even where the
     * rollout had been stuck before.
     */
    private static boolean flipped(Condition condition, List<Condition> old) {
        var before = old.stream()
                .filter(candidate -> candidate.getType().equals(condition.getType()))
                .findFirst();
        return before.map(candidate -> !candidate.getStatus().equals(condition.getStatus())
                        || isStep(candidate) && !candidate.getReason().equals(condition.getReason())
                        || isStep(condition) && !candidate.getMessage().equals(condition.getMessage())
                        || (isRollback(condition) && !isRollback(candidate)))
                .orElse(condition.getStatus().equals("True")
                        || condition.getReason().equals("Invalid"));
    }

    /** Part of a change that keeps the condition true from beginning to end, and that people follow nevertheless. */
    private static boolean isStep(Condition condition) {
        return STEPS.contains(condition.getReason());
    }

    private static boolean isRollback(Condition condition) {
        return condition.getReason().equals(ConditionReason.ROLLED_BACK.value());
    }

    private static List<Condition> conditions(@Nullable ChatClusterStatus status) {
        return status == null ? List.of() : Objects.requireNonNullElse(status.conditions(), List.of());
    }

    private void record(ChatCluster cluster, String type, String reason, String note) {
        var metadata = cluster.getMetadata();
        var event = new EventBuilder()
                .withNewMetadata()
                .withNamespace(metadata.getNamespace())
                .withGenerateName(metadata.getName() + "-")
                .endMetadata()
                .withEventTime(new MicroTime(ZonedDateTime.now(ZoneOffset.UTC).format(MICROSECONDS)))
                .withReportingController(ChatCluster.GROUP + "/" + Labels.OPERATOR)
                .withReportingInstance(instance)
                .withAction("Reconcile")
                .withType(type)
                .withReason(reason)
                .withNote(note.length() > NOTE_MAX ? note.substring(0, NOTE_MAX) : note)
                .withNewRegarding()
                .withApiVersion(cluster.getApiVersion())
                .withKind(cluster.getKind())
                .withNamespace(metadata.getNamespace())
                .withName(metadata.getName())
                .withUid(metadata.getUid())
                .endRegarding()
                .build();
        try {
            client.resource(event).create();
        } catch (KubernetesClientException e) {
            // An Event is a courtesy: the status says the same.
            LOG.warnf(
                    "Event %s of %s/%s is lost: %s",
                    reason, metadata.getNamespace(), metadata.getName(), e.getMessage());
        }
    }
}
