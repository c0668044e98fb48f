package io.chatcluster.operator;

import static io.chatcluster.operator.RunningOperator.await;
import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.gatewayapi.v1.HTTPRoute;
import io.fabric8.kubernetes.api.model.networking.v1.Ingress;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.dsl.Resource;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** How clients from outside come in by a Gateway; the tests write what its controller would. */
class GatewayTest {
    private static final String BY_INGRESS = "ingress: {host: chat.test}";

    private static final String TO_GATEWAY = "{\"spec\": {\"ingress\": {\"gatewayRef\": {\"name\": \"public\"}}}}";

    private static final String BY_GATEWAY = "ingress: {host: chat.test, gatewayRef: {name: public}}";

    @RegisterExtension
    static final Stage STAGE = new Stage();

    @RegisterExtension
    final OperatorBesideAddOns operator = new OperatorBesideAddOns(STAGE, new Wiretap());

    private static KubernetesClient client() {
        return STAGE.client();
    }

    private static Resource<Ingress> ingress(String namespace) {
        return client().network().v1().ingresses().inNamespace(namespace).withName("demo-chat");
    }

    private static Resource<HTTPRoute> route(String namespace) {
        return client().resources(HTTPRoute.class).inNamespace(namespace).withName("demo-chat");
    }

    /** Says what a gateway's controller would of the route as it is now. */
    private static void answer(String namespace, boolean accepted) {
        route(namespace).subresource("status").patch(PatchContext.of(PatchType.JSON_MERGE), """
                {"status": {"parents": [{
                  "parentRef": {"name": "public", "namespace": "%s"},
                  "controllerName": "example.com/gateways",
                  "conditions": [{"type": "Accepted", "status": "%s", "observedGeneration": %d,
                    "lastTransitionTime": "2026-11-24T12:00:00Z", "reason": "NotAllowedByListeners", "message": "no listener lets it in"}]}]}}
                """.formatted(
                        namespace,
                        accepted ? "True" : "False",
                        route(namespace).require().getMetadata().getGeneration()));
    }

    @Test
    void shouldRouteByAGatewayWhereAskedFor() throws IOException {
        // Given
        AddOn.GATEWAY_API.install(client());
        operator.start();

        // When
        STAGE.apply("by-gateway", BY_GATEWAY);

        // Then
        await(
                "the HTTPRoute",
                () -> assertThat(route("by-gateway").require().getSpec().getHostnames())
                        .containsExactly("chat.test"));
    }

    @Test
    void shouldKeepTheIngressWhereTheGatewayApiIsMissing() {
        // Given
        operator.start();
        STAGE.apply("no-gateways", BY_INGRESS);
        await("the Ingress", () -> assertThat(ingress("no-gateways").get()).isNotNull());

        // When
        STAGE.patch("no-gateways", TO_GATEWAY);

        // Then
        await(
                "the status",
                () -> assertThat(
                                operator.condition("no-gateways", "Progressing").getMessage())
                        .contains("install the Gateway API", "stays until then"));
        assertThat(ingress("no-gateways").get()).isNotNull();
    }

    @Test
    void shouldKeepTheIngressWhileNoGatewayTakesTheRoute() throws IOException {
        // Given
        AddOn.GATEWAY_API.install(client());
        operator.start();
        STAGE.apply("refused", BY_INGRESS);
        await("the Ingress", () -> assertThat(ingress("refused").get()).isNotNull());
        STAGE.patch("refused", TO_GATEWAY);
        await("the HTTPRoute", () -> assertThat(route("refused").get()).isNotNull());

        // When
        answer("refused", false);
        operator.visitAgain("refused");
        operator.visitAgain("refused");

        // Then
        assertThat(ingress("refused").get()).isNotNull();
    }

    @Test
    void shouldTakeTheIngressAwayOnceAGatewayTakesTheRoute() throws IOException {
        // Given
        AddOn.GATEWAY_API.install(client());
        operator.start();
        STAGE.apply("taken-over", BY_INGRESS);
        await("the Ingress", () -> assertThat(ingress("taken-over").get()).isNotNull());
        STAGE.patch("taken-over", TO_GATEWAY);
        await("the HTTPRoute", () -> assertThat(route("taken-over").get()).isNotNull());

        // When
        answer("taken-over", true);

        // Then
        await(
                "the end of the Ingress",
                () -> assertThat(ingress("taken-over").get()).isNull());
    }

    @Test
    void shouldMakeNoIngressWhereAGatewayIsAskedForFromTheStart() {
        // Given
        operator.start();

        // When
        STAGE.apply("anew", BY_GATEWAY);

        // Then
        await(
                "the status",
                () -> assertThat(operator.condition("anew", "Progressing").getMessage())
                        .contains("install the Gateway API"));
        assertThat(ingress("anew").get()).isNull();
    }

    @Test
    void shouldSayThatNobodyHasTakenUpTheRoute() throws IOException {
        // Given
        AddOn.GATEWAY_API.install(client());
        operator.start();

        // When
        STAGE.apply("nobody", BY_GATEWAY);

        // Then
        await(
                "the status",
                () -> assertThat(operator.condition("nobody", "Ready").getMessage())
                        .contains("No controller has taken up the HTTPRoute for the Gateway nobody/public"));
    }

    @Test
    void shouldSayWhatTheControllerSays() throws IOException {
        // Given
        AddOn.GATEWAY_API.install(client());
        operator.start();
        STAGE.apply("shut-out", BY_GATEWAY);
        await("the HTTPRoute", () -> assertThat(route("shut-out").get()).isNotNull());

        // When
        answer("shut-out", false);

        // Then
        await(
                "the status",
                () -> assertThat(operator.condition("shut-out", "Ready").getMessage())
                        .contains("Gateway shut-out/public", "NotAllowedByListeners, no listener lets it in"));
    }

    @Test
    void shouldSayNothingOfARouteThatIsAccepted() throws IOException {
        // Given
        AddOn.GATEWAY_API.install(client());
        operator.start();
        STAGE.apply("let-in", BY_GATEWAY);
        await(
                "the status",
                () -> assertThat(operator.condition("let-in", "Ready").getMessage())
                        .contains("HTTPRoute"));

        // When
        answer("let-in", true);

        // Then
        await(
                "the status",
                () -> assertThat(operator.condition("let-in", "Ready").getMessage())
                        .doesNotContain("HTTPRoute"));
    }
}
