package io.chatcluster.e2e.harness;

/** The cluster's word that a message is committed at {@code seq}. */
public record SendAck(long seq, boolean duplicate) {}
