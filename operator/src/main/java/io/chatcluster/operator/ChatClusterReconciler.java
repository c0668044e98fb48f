package io.chatcluster.operator;

import io.chatcluster.crds.v1alpha1.ChatCluster;
import io.chatcluster.crds.v1alpha1.ChatClusterStatus;
import io.chatcluster.crds.v1alpha1.ConditionReason;
import io.chatcluster.operator.dependent.ChatAutoscaler;
import io.chatcluster.operator.dependent.ChatDeployment;
import io.chatcluster.operator.dependent.ChatDisruptionBudget;
import io.chatcluster.operator.dependent.ChatIngress;
import io.chatcluster.operator.dependent.ChatNetworkPolicy;
import io.chatcluster.operator.dependent.ChatRevisions;
import io.chatcluster.operator.dependent.ChatRoute;
import io.chatcluster.operator.dependent.ChatScaledObject;
import io.chatcluster.operator.dependent.ChatService;
import io.chatcluster.operator.dependent.ChatServiceAccount;
import io.chatcluster.operator.dependent.GatewayApiPresent;
import io.chatcluster.operator.dependent.KedaPresent;
import io.chatcluster.operator.dependent.RedisAuthSecret;
import io.chatcluster.operator.dependent.RedisDisruptionBudget;
import io.chatcluster.operator.dependent.RedisNetworkPolicy;
import io.chatcluster.operator.dependent.RedisService;
import io.chatcluster.operator.dependent.RedisStatefulSet;
import io.chatcluster.operator.dependent.RedisTlsSecret;
import io.chatcluster.operator.dependent.ShardListsConfigMap;
import io.chatcluster.operator.dependent.SigningKeySecret;
import io.chatcluster.operator.metadata.Annotations;
import io.chatcluster.operator.metadata.Labels;
import io.chatcluster.operator.plan.ClusterPlan;
import io.chatcluster.operator.plan.ClusterPlanner;
import io.chatcluster.operator.plan.Planning;
import io.chatcluster.operator.status.Deletion;
import io.chatcluster.operator.status.PodReports;
import io.chatcluster.operator.status.StatusAssembler;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.javaoperatorsdk.operator.AggregatedOperatorException;
import io.javaoperatorsdk.operator.api.config.informer.Informer;
import io.javaoperatorsdk.operator.api.reconciler.Cleaner;
import io.javaoperatorsdk.operator.api.reconciler.Context;
import io.javaoperatorsdk.operator.api.reconciler.ControllerConfiguration;
import io.javaoperatorsdk.operator.api.reconciler.DeleteControl;
import io.javaoperatorsdk.operator.api.reconciler.ErrorStatusUpdateControl;
import io.javaoperatorsdk.operator.api.reconciler.EventSourceContext;
import io.javaoperatorsdk.operator.api.reconciler.MaxReconciliationInterval;
import io.javaoperatorsdk.operator.api.reconciler.Reconciler;
import io.javaoperatorsdk.operator.api.reconciler.UpdateControl;
import io.javaoperatorsdk.operator.api.reconciler.Workflow;
import io.javaoperatorsdk.operator.api.reconciler.dependent.Dependent;
import io.javaoperatorsdk.operator.processing.event.ResourceID;
import io.javaoperatorsdk.operator.processing.event.source.EventSource;
import io.javaoperatorsdk.operator.processing.event.source.inbound.SimpleInboundEventSource;
import io.javaoperatorsdk.operator.processing.retry.GradualRetry;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** One visit: plan, write what differs, look, say how it is. */
@Workflow(
        explicitInvocation = true,
        dependents = {
            @Dependent(type = ChatNetworkPolicy.class, useEventSourceWithName = EventSources.NETWORK_POLICIES),
            @Dependent(type = RedisNetworkPolicy.class, useEventSourceWithName = EventSources.NETWORK_POLICIES),
            @Dependent(
                    name = ChatClusterReconciler.SERVICE_ACCOUNT,
                    type = ChatServiceAccount.class,
                    useEventSourceWithName = EventSources.SERVICE_ACCOUNTS),
            @Dependent(type = SigningKeySecret.class, useEventSourceWithName = EventSources.SECRETS),
            @Dependent(type = RedisAuthSecret.class, useEventSourceWithName = EventSources.SECRETS),
            @Dependent(type = RedisTlsSecret.class, useEventSourceWithName = EventSources.SECRETS),
            @Dependent(type = RedisService.class, useEventSourceWithName = EventSources.SERVICES),
            @Dependent(type = RedisStatefulSet.class, useEventSourceWithName = EventSources.STATEFUL_SETS),
            @Dependent(type = RedisDisruptionBudget.class, useEventSourceWithName = EventSources.DISRUPTION_BUDGETS),
            @Dependent(type = ShardListsConfigMap.class, useEventSourceWithName = EventSources.CONFIG_MAPS),
            @Dependent(
                    name = ChatClusterReconciler.REVISIONS,
                    type = ChatRevisions.class,
                    useEventSourceWithName = EventSources.CONFIG_MAPS),
            // A revision is kept before it runs, else there would be no way back to it. A pod is refused without its
            // ServiceAccount, and Kubernetes tells of that first refusal for as long as there is no pod.
            @Dependent(
                    name = ChatClusterReconciler.DEPLOYMENT,
                    type = ChatDeployment.class,
                    dependsOn = {ChatClusterReconciler.REVISIONS, ChatClusterReconciler.SERVICE_ACCOUNT},
                    useEventSourceWithName = EventSources.DEPLOYMENTS),
            @Dependent(type = ChatService.class, useEventSourceWithName = EventSources.SERVICES),
            @Dependent(type = ChatDisruptionBudget.class, useEventSourceWithName = EventSources.DISRUPTION_BUDGETS),
            @Dependent(
                    name = ChatClusterReconciler.AUTOSCALER,
                    type = ChatAutoscaler.class,
                    useEventSourceWithName = EventSources.AUTOSCALERS),
            // KEDA refuses a Deployment that is not there, or that an autoscaler of somebody else looks after.
            @Dependent(
                    type = ChatScaledObject.class,
                    dependsOn = {ChatClusterReconciler.DEPLOYMENT, ChatClusterReconciler.AUTOSCALER},
                    activationCondition = KedaPresent.class),
            @Dependent(type = ChatIngress.class, useEventSourceWithName = EventSources.INGRESSES),
            @Dependent(type = ChatRoute.class, activationCondition = GatewayApiPresent.class)
        })
@ControllerConfiguration(
        name = "chatcluster",
        fieldManager = Labels.OPERATOR,
        generationAwareEventProcessing = false,
        finalizerName = AwsCleanup.FINALIZER,
        informer = @Informer(onUpdateFilter = SpecOrMetadataChanged.class, informerListLimit = EventSources.PAGE),
        maxReconciliationInterval = @MaxReconciliationInterval(interval = 30, timeUnit = TimeUnit.SECONDS))
@GradualRetry(maxAttempts = -1, initialInterval = 1000, intervalMultiplier = 2, maxInterval = 30_000)
public class ChatClusterReconciler implements Reconciler<ChatCluster>, Cleaner<ChatCluster> {
    static final String AUTOSCALER = "ChatAutoscaler";
    static final String DEPLOYMENT = "ChatDeployment";
    static final String REVISIONS = "ChatRevisions";
    static final String SERVICE_ACCOUNT = "ChatServiceAccount";

    /** How soon to look again at what AWS is busy with, for it sends no events. */
    private static final Duration SOON = Duration.ofSeconds(3);

    private final ClusterPlanner planner;
    private final Observer observer;
    private final StatusWriter statuses;
    private final EventRecorder events;
    private final AwsCleanup cleanup;
    private final PodReports reports;
    private final ChildrenWriter children;
    private final Rebalancer rebalancer;
    private final Departures departures;

    ChatClusterReconciler(
            OperatorConfig config,
            Observer observer,
            StatusWriter statuses,
            EventRecorder events,
            AwsCleanup cleanup,
            PodReports reports,
            ChildrenWriter children,
            Rebalancer rebalancer) {
        this.planner = new ClusterPlanner(config.installation(), new SecureRandom());
        this.observer = observer;
        this.statuses = statuses;
        this.events = events;
        this.cleanup = cleanup;
        this.reports = reports;
        this.children = children;
        this.rebalancer = rebalancer;
        this.departures = new Departures(reports, rebalancer, statuses, cleanup, children);
    }

    @Override
    public List<EventSource<?, ChatCluster>> prepareEventSources(EventSourceContext<ChatCluster> context) {
        var podReports = new SimpleInboundEventSource<ChatCluster>("pod-reports");
        reports.onChange(podReports::propagateEvent);
        var sources = new ArrayList<>(EventSources.of(context));
        sources.addAll(List.of(podReports, departures));
        return sources;
    }

    @Override
    public UpdateControl<ChatCluster> reconcile(ChatCluster cluster, Context<ChatCluster> context) {
        return departures.watching(cluster, context, () -> visit(cluster, context));
    }

    private UpdateControl<ChatCluster> visit(ChatCluster cluster, Context<ChatCluster> context) {
        cluster.setStatus(statuses.last(cluster));
        return switch (plan(cluster, context)) {
            case Planning.Planned planned -> carryOut(cluster, planned.plan(), context);
            case Planning.Refused refused -> {
                report(
                        cluster,
                        StatusAssembler.assemble(
                                statuses.last(cluster),
                                refused,
                                cluster.getMetadata().getGeneration(),
                                Instant.now()));
                yield UpdateControl.noUpdate();
            }
        };
    }

    /** What could be foreseen is in the status already, or has no way into it while the API server does not answer. */
    @Override
    public ErrorStatusUpdateControl<ChatCluster> updateErrorStatus(
            ChatCluster cluster, Context<ChatCluster> context, Exception failure) {
        var foreseen = failure instanceof KubernetesClientException || failure instanceof AggregatedOperatorException;
        var again = context.getRetryInfo()
                .filter(retry -> retry.getAttemptCount() > 0)
                .isPresent();
        if (!foreseen && again) {
            report(
                    cluster,
                    StatusAssembler.assemble(
                            statuses.last(cluster),
                            failure,
                            cluster.getMetadata().getGeneration(),
                            Instant.now()));
        }
        return ErrorStatusUpdateControl.defaultErrorProcessing();
    }

    @Override
    public DeleteControl cleanup(ChatCluster cluster, Context<ChatCluster> context) {
        return departures.watching(cluster, context, () -> visitLast(cluster, context));
    }

    private DeleteControl visitLast(ChatCluster cluster, Context<ChatCluster> context) {
        var deletion = switch (plan(cluster, context)) {
            case Planning.Planned planned -> cleanup.proceed(cluster, planned.plan(), context);
            case Planning.Refused refused ->
                new Deletion.Finished(
                        List.of("Tables and bucket stay, if there are any: the spec does not say which they are. "
                                + String.join(" ", refused.problems())));
        };
        return switch (deletion) {
            case Deletion.Unfinished unfinished -> {
                report(cluster, unfinished);
                yield DeleteControl.noFinalizerRemoval().rescheduleAfter(SOON);
            }
            case Deletion.Finished(var leftBehind) -> {
                leftBehind.forEach(what -> events.warn(cluster, "LeftBehind", what));
                yield DeleteControl.defaultDelete();
            }
        };
    }

    private Planning plan(ChatCluster cluster, Context<ChatCluster> context) {
        var taken = TakenNames.of(cluster, context.getPrimaryCache());
        return taken.isEmpty()
                ? planner.plan(cluster, observer.circumstances(cluster, context))
                : new Planning.Refused(taken);
    }

    private UpdateControl<ChatCluster> carryOut(ChatCluster cluster, ClusterPlan plan, Context<ChatCluster> context) {
        var paused = "true".equals(cluster.getMetadata().getAnnotations().get(Annotations.PAUSED));
        cleanup.remember(cluster, context);
        var rollout = observer.rollout(cluster, plan, context);
        var written = paused ? null : children.write(plan, rollout, context);
        var visit = new Observer.Visit(
                paused, written == null ? null : written.failure(), rollout, what -> events.created(cluster, what));
        var seen = observer.observe(cluster, plan, context, visit);
        rebalancer.consider(
                ResourceID.fromResource(cluster),
                !paused && seen.rollout() != null && seen.rollout().complete(plan));
        report(
                cluster,
                StatusAssembler.assemble(
                        cluster.getStatus(), plan, seen, cluster.getMetadata().getGeneration(), Instant.now()));
        if (written != null) {
            // Only now, so that the status says so too: it is tried again, ever later up to every 30 s.
            written.rethrow();
        }
        return seen.passing() ? UpdateControl.<ChatCluster>noUpdate().rescheduleAfter(SOON) : UpdateControl.noUpdate();
    }

    private void report(ChatCluster cluster, ChatClusterStatus status) {
        var before = statuses.last(cluster);
        if (statuses.write(cluster, status)) {
            events.flips(cluster, before, status);
        }
    }

    /** Says what the deletion waits for, and has AWS asked again ever later where it does not answer. */
    private void report(ChatCluster cluster, Deletion.Unfinished deletion) {
        var status = StatusAssembler.assemble(
                statuses.last(cluster), deletion, cluster.getMetadata().getGeneration(), Instant.now());
        var news = statuses.write(cluster, status);
        if (deletion instanceof Deletion.Blocked(var why, var cause)) {
            if (news) {
                events.warn(cluster, ConditionReason.DELETION_BLOCKED.value(), why);
            }
            if (cause != null) {
                throw cause;
            }
        }
    }
}
