package io.chatcluster.operator.metrics;

import io.chatcluster.operator.metrics.MetricValueList.DescribedObject;
import io.chatcluster.operator.metrics.MetricValueList.Metric;
import io.chatcluster.operator.metrics.MetricValueList.MetricValue;
import io.chatcluster.operator.status.ConnectionReadings;
import java.time.temporal.ChronoUnit;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** What custom.metrics.k8s.io/v1beta2 answers. It knows one metric of pods. */
final class CustomMetricsApi {
    static final String GROUP = "custom.metrics.k8s.io";
    static final String VERSION = "v1beta2";
    static final String GROUP_VERSION = GROUP + "/" + VERSION;

    /** Client connections that a chat pod has open. */
    static final String CONNECTIONS = "chat_connections";

    static final String RESOURCE = "pods";
    private static final String ROOT = "/apis/" + GROUP_VERSION;
    private static final Pattern VALUES = Pattern.compile(Pattern.quote(ROOT) + "/namespaces/([a-z0-9-]{1,63})/"
            + RESOURCE + "/(\\*|[a-z0-9.-]{1,253})/" + CONNECTIONS);

    private final ConnectionReadings readings;

    CustomMetricsApi(ConnectionReadings readings) {
        this.readings = readings;
    }

    /** What a caller asks for. */
    sealed interface Question {}

    /** What there is. The same for everybody, and no secret. */
    record Discovery() implements Question {}

    /** Values. The caller needs {@code get} on {@code pods/chat_connections} of the group in the namespace. */
    record Values(String namespace, String pod) implements Question {}

    /** Absent where the path leads nowhere. */
    static @Nullable Question question(String path) {
        if (path.equals(ROOT) || path.equals(ROOT + "/")) {
            return new Discovery();
        }
        var values = VALUES.matcher(path);
        return values.matches() ? new Values(values.group(1), values.group(2)) : null;
    }

    static Map<String, Object> discovery() {
        return Map.of(
                "kind",
                "APIResourceList",
                "apiVersion",
                "v1",
                "groupVersion",
                GROUP_VERSION,
                "resources",
                List.of(Map.of(
                        "name",
                        RESOURCE + "/" + CONNECTIONS,
                        "singularName",
                        "",
                        "namespaced",
                        true,
                        "kind",
                        "MetricValueList",
                        "verbs",
                        List.of("get"))));
    }

    /** Of pods that did not answer lately nothing is said: a zero would be a lie that scales the chat down. */
    MetricValueList values(Values asked, Predicate<Map<String, String>> selected) {
        return MetricValueList.of(readings.in(asked.namespace()).stream()
                .filter(reading -> asked.pod().equals("*") || asked.pod().equals(reading.pod()))
                .filter(reading -> selected.test(reading.labels()))
                .sorted(Comparator.comparing(ConnectionReadings.Reading::pod))
                .map(CustomMetricsApi::value)
                .toList());
    }

    private static MetricValue value(ConnectionReadings.Reading reading) {
        return new MetricValue(
                new DescribedObject("Pod", reading.namespace(), reading.pod(), "/v1"),
                new Metric(CONNECTIONS),
                reading.at().truncatedTo(ChronoUnit.SECONDS).toString(),
                Integer.toString(reading.connections()));
    }
}
