package io.chatcluster.operator.rollout;

/**
 * A revision that did not come up.
 *
 * @param revision its id
 * @param why what is new in it and what became of its first pod, for people
 */
public record Failure(String revision, String why) {}
