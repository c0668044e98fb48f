package io.chatcluster.operator.dependent;

import io.chatcluster.crds.v1alpha1.ChatCluster;
import io.chatcluster.operator.plan.IngressPlan;
import io.fabric8.kubernetes.api.model.Condition;
import io.fabric8.kubernetes.api.model.gatewayapi.v1.HTTPRoute;
import io.fabric8.kubernetes.api.model.gatewayapi.v1.ParentReference;
import io.javaoperatorsdk.operator.api.reconciler.Context;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** What controllers of gateways say of the chat's HTTPRoute as it is now. */
public sealed interface RouteAnswer {
    /** One of them brings clients to the chat. */
    record Accepted() implements RouteAnswer {}

    /**
     * None of them does.
     *
     * @param why in a controller's words
     */
    record Refused(String why) implements RouteAnswer {}

    /** None of them has said anything: there may be no such Gateway, or nobody who looks after it. */
    record Silence() implements RouteAnswer {}

    /** Empty where there is no route to the Gateway that is planned. */
    static Optional<RouteAnswer> of(IngressPlan.ByGateway gateway, Context<ChatCluster> context) {
        return context.getSecondaryResourcesAsStream(HTTPRoute.class)
                .filter(route -> route.getSpec().getParentRefs().stream()
                        .anyMatch(parent ->
                                isTo(gateway, parent, route.getMetadata().getNamespace())))
                .findFirst()
                .map(route -> of(gateway, route));
    }

    /** Several controllers may say something of one Gateway, such as one that was there before: it is enough that one serves it. */
    static RouteAnswer of(IngressPlan.ByGateway gateway, HTTPRoute route) {
        if (route.getStatus() == null) {
            return new Silence();
        }
        var answers = route.getStatus().getParents().stream()
                .filter(parent ->
                        isTo(gateway, parent.getParentRef(), route.getMetadata().getNamespace()))
                .map(parent -> of(parent.getConditions().stream()
                        .filter(condition -> isOfNow(condition, route))
                        .toList()))
                .toList();
        return Stream.<Class<? extends RouteAnswer>>of(Accepted.class, Refused.class)
                .flatMap(kind -> answers.stream().filter(kind::isInstance))
                .findFirst()
                .orElseGet(Silence::new);
    }

    private static RouteAnswer of(List<Condition> conditions) {
        return conditions.stream()
                .filter(condition -> Set.of("Accepted", "ResolvedRefs").contains(condition.getType())
                        && condition.getStatus().equals("False"))
                .findFirst()
                .<RouteAnswer>map(
                        condition -> new Refused("%s, %s".formatted(condition.getReason(), condition.getMessage())))
                .orElseGet(() -> conditions.stream()
                                .anyMatch(condition -> condition.getType().equals("Accepted")
                                        && condition.getStatus().equals("True"))
                        ? new Accepted()
                        : new Silence());
    }

    /** A controller takes its time: what it said of the route before a change says nothing of the route after it. */
    private static boolean isOfNow(Condition condition, HTTPRoute route) {
        return condition.getObservedGeneration() == null
                || condition.getObservedGeneration().equals(route.getMetadata().getGeneration());
    }

    private static boolean isTo(IngressPlan.ByGateway gateway, ParentReference parent, String namespace) {
        return gateway.gateway().equals(parent.getName())
                && gateway.namespace().equals(Objects.requireNonNullElse(parent.getNamespace(), namespace))
                && Objects.equals(gateway.section(), parent.getSectionName());
    }
}
