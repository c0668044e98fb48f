package io.chatcluster.operator;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.chatcluster.crds.v1alpha1.ChatCluster;
import io.chatcluster.operator.aws.AwsParts;
import io.chatcluster.operator.plan.Plans;
import io.chatcluster.operator.plan.TakenUp;
import io.chatcluster.operator.status.PodReports;
import io.chatcluster.operator.status.PodState;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.ResourceNotFoundException;
import io.javaoperatorsdk.operator.Operator;
import io.javaoperatorsdk.operator.api.config.ConfigurationServiceOverrider;
import io.javaoperatorsdk.operator.api.config.ControllerConfigurationOverrider;
import io.javaoperatorsdk.operator.api.monitoring.Metrics;
import io.javaoperatorsdk.operator.api.reconciler.RetryInfo;
import io.javaoperatorsdk.operator.processing.event.ResourceID;
import io.micrometer.prometheus.PrometheusConfig;
import io.micrometer.prometheus.PrometheusMeterRegistry;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;

/**
 * The operator as it is but for the chat pods' answers: on an API server without a kubelet there are no pods to ask, so each
 * that is ready is taken to deliver.
 */
final class RunningOperator implements AutoCloseable {
    private static final System.Logger LOG = System.getLogger(RunningOperator.class.getName());

    private final Operator operator;
    private final KubernetesClient client;
    private final Map<String, Integer> visits = new ConcurrentHashMap<>();
    private volatile boolean closing;

    RunningOperator(KubernetesClient client, String instance) {
        this(client, new Config(instance), configuration -> {});
    }

    RunningOperator(KubernetesClient client, OperatorConfig config, Consumer<ConfigurationServiceOverrider> configure) {
        this(client, config, configure, controller -> {});
    }

    RunningOperator(
            KubernetesClient client,
            OperatorConfig config,
            Consumer<ConfigurationServiceOverrider> configure,
            Consumer<ControllerConfigurationOverrider<ChatCluster>> configureController) {
        this.client = client;
        this.operator = new Operator(configuration -> {
            configuration
                    .withKubernetesClient(client)
                    .withCloseClientOnStop(false)
                    .withInformerStoppedHandler((informer, failure) -> stopped(failure))
                    .withMetrics(new Count());
            configure.accept(configuration);
        });
        operator.register(reconciler(client, config), configureController);
        operator.start();
    }

    /** As the SDK has it, which ends the process, but for an informer that was about to start when its operator was closed. */
    private void stopped(@Nullable Throwable failure) {
        if (failure != null && !closing) {
            LOG.log(System.Logger.Level.ERROR, "an informer ended for good", failure);
            System.exit(1);
        }
    }

    private static ChatClusterReconciler reconciler(KubernetesClient client, OperatorConfig config) {
        var aws = AwsParts.make();
        var events = new EventRecorder(client, config);
        var reports = new AllDeliver();
        return new ChatClusterReconciler(
                config,
                new Observer(aws.tables(), aws.bucket(), reports),
                new StatusWriter(client, new ConditionMetrics(new PrometheusMeterRegistry(PrometheusConfig.DEFAULT))),
                events,
                new AwsCleanup(aws.tables(), aws.bucket()),
                reports,
                new ChildrenWriter(reports, new ChatReplicas(client), new EmptiestFirst(client)),
                new Rebalancer(reports));
    }

    record Config(
            String instance,
            String runtimeImage,
            String redisImage,
            String version,
            String namespace,
            List<String> watchNamespaces)
            implements OperatorConfig {
        Config(String instance) {
            this(
                    instance,
                    Plans.INSTALLATION.runtimeImage(),
                    Plans.INSTALLATION.redisImage(),
                    Plans.INSTALLATION.version(),
                    "default",
                    List.of());
        }
    }

    private static final class AllDeliver extends PodReports {
        AllDeliver() {
            super(new ObjectMapper());
        }

        @Override
        public List<PodState> watch(ResourceID cluster, List<Target> targets) {
            return targets.stream()
                    .map(target -> new PodState(
                            target.pod(), true, 0, List.of(), true, Instant.EPOCH, 250, null, TakenUp.NOTHING))
                    .toList();
        }
    }

    private final class Count implements Metrics {
        @Override
        public void reconciliationFinished(HasMetadata resource, RetryInfo retry, Map<String, Object> metadata) {
            visits.merge(resource.getMetadata().getNamespace(), 1, Integer::sum);
        }
    }

    /** How often it has visited what is in a namespace. */
    int visits(String namespace) {
        return visits.getOrDefault(namespace, 0);
    }

    @Override
    public void close() {
        closing = true;
        operator.stop();
        client.close();
    }

    static void await(String what, org.awaitility.core.ThrowingRunnable assertion) {
        Awaitility.await(what)
                .atMost(Duration.ofMinutes(2))
                .ignoreExceptionsMatching(problem ->
                        problem instanceof KubernetesClientException || problem instanceof ResourceNotFoundException)
                .untilAsserted(assertion);
    }
}
