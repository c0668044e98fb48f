package io.chatcluster.operator.dependent;

import io.fabric8.kubernetes.api.model.gatewayapi.v1.HTTPRoute;

/** Whether the cluster has the Gateway API. */
public final class GatewayApiPresent extends KindPresent<HTTPRoute> {
    public GatewayApiPresent() {
        super(HTTPRoute.class);
    }
}
