package io.chatcluster.operator.dependent;

import static org.assertj.core.api.Assertions.assertThat;

import io.chatcluster.operator.plan.IngressPlan;
import io.fabric8.kubernetes.api.model.gatewayapi.v1.HTTPRoute;
import io.fabric8.kubernetes.api.model.gatewayapi.v1.HTTPRouteBuilder;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import org.junit.jupiter.api.Test;

/** What is read off the status of an HTTPRoute. */
class RouteAnswerTest {
    private static final IngressPlan.ByGateway GATEWAY =
            new IngressPlan.ByGateway("chat.test", "public", "infra", "https");

    private static final String OURS = "{name: public, namespace: infra, sectionName: https}";

    private static final KubernetesSerialization YAML = new KubernetesSerialization();

    /** Of a route in its third generation. */
    private static RouteAnswer answer(String... parents) {
        return RouteAnswer.of(GATEWAY, YAML.unmarshal("""
                        apiVersion: gateway.networking.k8s.io/v1
                        kind: HTTPRoute
                        metadata: {name: demo-chat, namespace: shop, generation: 3}
                        status: {parents: [%s]}
                        """.formatted(String.join(", ", parents)), HTTPRoute.class));
    }

    private static String parent(String reference, String... conditions) {
        return "{parentRef: %s, conditions: [%s]}".formatted(reference, String.join(", ", conditions));
    }

    private static String condition(String type, boolean status, int generation) {
        return "{type: %s, status: '%s', observedGeneration: %d, reason: Because, message: 'it is so'}"
                .formatted(type, status ? "True" : "False", generation);
    }

    @Test
    void shouldHearAController() {
        assertThat(answer(parent(OURS, condition("Accepted", true, 3), condition("ResolvedRefs", true, 3))))
                .isEqualTo(new RouteAnswer.Accepted());
    }

    @Test
    void shouldRepeatWhyARouteIsNotAccepted() {
        assertThat(answer(parent(OURS, condition("Accepted", false, 3))))
                .isEqualTo(new RouteAnswer.Refused("Because, it is so"));
    }

    @Test
    void shouldRepeatWhatAnAcceptedRouteCannotReach() {
        assertThat(answer(parent(OURS, condition("Accepted", true, 3), condition("ResolvedRefs", false, 3))))
                .isEqualTo(new RouteAnswer.Refused("Because, it is so"));
    }

    @Test
    void shouldNotHearWhatWasSaidBeforeAChange() {
        assertThat(answer(parent(OURS, condition("Accepted", true, 2)))).isEqualTo(new RouteAnswer.Silence());
    }

    @Test
    void shouldHearAControllerThatDoesNotCountGenerations() {
        assertThat(answer(parent(OURS, "{type: Accepted, status: 'True'}"))).isEqualTo(new RouteAnswer.Accepted());
    }

    @Test
    void shouldNotHearWhatIsSaidOfAnotherGateway() {
        assertThat(answer(
                        parent("{name: other, namespace: infra, sectionName: https}", condition("Accepted", true, 3)),
                        parent("{name: public, sectionName: https}", condition("Accepted", true, 3)),
                        parent("{name: public, namespace: infra}", condition("Accepted", true, 3))))
                .isEqualTo(new RouteAnswer.Silence());
    }

    @Test
    void shouldBeContentWithOneControllerOfSeveral() {
        assertThat(answer(parent(OURS, condition("Accepted", false, 3)), parent(OURS, condition("Accepted", true, 3))))
                .isEqualTo(new RouteAnswer.Accepted());
    }

    @Test
    void shouldHearSilenceWhereNobodyLooksAtRoutes() {
        // Given
        var route = new HTTPRouteBuilder()
                .withNewMetadata()
                .withName("demo-chat")
                .endMetadata()
                .build();

        // When
        var answer = RouteAnswer.of(GATEWAY, route);

        // Then
        assertThat(answer).isEqualTo(new RouteAnswer.Silence());
    }
}
