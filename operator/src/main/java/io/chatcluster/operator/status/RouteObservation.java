package io.chatcluster.operator.status;

import org.jspecify.annotations.Nullable;

/**
 * The HTTPRoute of the chat as controllers of gateways last saw it.
 *
 * @param accepted whether one of them brings clients to the chat
 * @param refusal why they do not, in a controller's words; absent where none has said so
 */
public record RouteObservation(boolean accepted, @Nullable String refusal) {}
