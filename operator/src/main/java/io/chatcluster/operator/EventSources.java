package io.chatcluster.operator;

import io.chatcluster.crds.v1alpha1.ChatCluster;
import io.chatcluster.operator.metadata.Labels;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.ServiceAccount;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.apps.StatefulSet;
import io.fabric8.kubernetes.api.model.autoscaling.v2.HorizontalPodAutoscaler;
import io.fabric8.kubernetes.api.model.networking.v1.Ingress;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicy;
import io.fabric8.kubernetes.api.model.policy.v1.PodDisruptionBudget;
import io.javaoperatorsdk.operator.api.config.informer.FieldSelector;
import io.javaoperatorsdk.operator.api.config.informer.InformerEventSourceConfiguration;
import io.javaoperatorsdk.operator.api.reconciler.EventSourceContext;
import io.javaoperatorsdk.operator.processing.event.ResourceID;
import io.javaoperatorsdk.operator.processing.event.source.EventSource;
import io.javaoperatorsdk.operator.processing.event.source.informer.InformerEventSource;
import io.javaoperatorsdk.operator.processing.event.source.informer.Mappers;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What the operator watches besides ChatClusters: one source per kind, shared by all objects of it. */
final class EventSources {
    static final String SERVICE_ACCOUNTS = "service-accounts";
    static final String SECRETS = "secrets";
    static final String CONFIG_MAPS = "config-maps";
    static final String SERVICES = "services";
    static final String STATEFUL_SETS = "stateful-sets";
    static final String DEPLOYMENTS = "deployments";
    static final String DISRUPTION_BUDGETS = "disruption-budgets";
    static final String NETWORK_POLICIES = "network-policies";
    static final String AUTOSCALERS = "autoscalers";
    static final String INGRESSES = "ingresses";

    /** Objects that one answer to a list holds: of thousands at once, the text alone takes more memory than what is kept of it. */
    static final long PAGE = 200;

    private static final String PODS = "pods";

    /** Index of ChatClusters by the Secrets that they refer to. */
    private static final String REFERENCES = "references";

    /** Kinds of objects of which all are children, by the name of their source. */
    private static final Map<String, Class<? extends HasMetadata>> CHILDREN = Map.of(
            SERVICE_ACCOUNTS,
            ServiceAccount.class,
            CONFIG_MAPS,
            ConfigMap.class,
            SERVICES,
            Service.class,
            STATEFUL_SETS,
            StatefulSet.class,
            DEPLOYMENTS,
            Deployment.class,
            DISRUPTION_BUDGETS,
            PodDisruptionBudget.class,
            NETWORK_POLICIES,
            NetworkPolicy.class,
            AUTOSCALERS,
            HorizontalPodAutoscaler.class,
            INGRESSES,
            Ingress.class);

    /** Every kind that is watched. */
    static final Set<Class<? extends HasMetadata>> WATCHED = Stream.concat(
                    CHILDREN.values().stream(), Stream.of(Secret.class, Pod.class))
            .collect(Collectors.toUnmodifiableSet());

    private EventSources() {}

    static List<EventSource<?, ChatCluster>> of(EventSourceContext<ChatCluster> context) {
        TakenNames.index(context.getPrimaryCache());
        context.getPrimaryCache().addIndexer(REFERENCES, EventSources::references);
        return Stream.concat(
                        CHILDREN.entrySet().stream().map(kind -> children(kind.getValue(), kind.getKey(), context)),
                        Stream.of(secrets(context), pods(context)))
                .toList();
    }

    private static <R extends HasMetadata> EventSource<?, ChatCluster> children(
            Class<R> type, String name, EventSourceContext<ChatCluster> context) {
        var configuration = InformerEventSourceConfiguration.from(type, ChatCluster.class)
                .withName(name)
                .withInformerListLimit(PAGE)
                .withLabelSelector(Labels.MANAGED)
                .withSecondaryToPrimaryMapper(Mappers.fromOwnerReferences(ChatCluster.class, false))
                .build();
        return new InformerEventSource<>(configuration, context);
    }

    /** The operator's own Secrets and those that a ChatCluster refers to, which carry no label of the operator's. */
    private static EventSource<?, ChatCluster> secrets(EventSourceContext<ChatCluster> context) {
        var owners = Mappers.<Secret>fromOwnerReferences(ChatCluster.class, false);
        var builder = InformerEventSourceConfiguration.from(Secret.class, ChatCluster.class)
                .withName(SECRETS)
                .withInformerListLimit(PAGE)
                // What other tools keep in Secrets is large and never meant here.
                .withFieldSelector(new FieldSelector(
                        new FieldSelector.Field("type", "helm.sh/release.v1", true),
                        new FieldSelector.Field("type", "kubernetes.io/service-account-token", true)))
                .withSecondaryToPrimaryMapper(secret -> Stream.concat(
                                owners.toPrimaryResourceIDs(secret).stream(), referring(secret, context))
                        .collect(Collectors.toSet()));
        // Each of several namespaces has an informer, and each would drop from a common store what the others put
        // there.
        if (context.getControllerConfiguration()
                        .getInformerConfig()
                        .getNamespaces()
                        .size()
                == 1) {
            builder.withItemStore(new KeptSecrets());
        }
        return new InformerEventSource<>(builder.build(), context);
    }

    private static Stream<ResourceID> referring(Secret secret, EventSourceContext<ChatCluster> context) {
        var metadata = secret.getMetadata();
        return context.getPrimaryCache().byIndex(REFERENCES, key(metadata.getNamespace(), metadata.getName())).stream()
                .map(ResourceID::fromResource);
    }

    private static List<String> references(ChatCluster cluster) {
        return Secrets.references(cluster).stream()
                .map(reference -> key(cluster.getMetadata().getNamespace(), reference.secret()))
                .distinct()
                .toList();
    }

    private static String key(String namespace, String secret) {
        return namespace + "/" + secret;
    }

    private static EventSource<?, ChatCluster> pods(EventSourceContext<ChatCluster> context) {
        var configuration = InformerEventSourceConfiguration.from(Pod.class, ChatCluster.class)
                .withName(PODS)
                .withInformerListLimit(PAGE)
                .withLabelSelector(Labels.MANAGED)
                .withSecondaryToPrimaryMapper(EventSources::instance)
                .build();
        return new InformerEventSource<>(configuration, context);
    }

    private static Set<ResourceID> instance(Pod pod) {
        var instance = pod.getMetadata().getLabels().get(Labels.INSTANCE);
        return instance == null
                ? Set.of()
                : Set.of(new ResourceID(instance, pod.getMetadata().getNamespace()));
    }
}
