package io.chatcluster.operator.status;

/** One Redis server that there should be. */
public record ShardObservation(String name, boolean ready) {}
