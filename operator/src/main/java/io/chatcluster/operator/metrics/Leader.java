package io.chatcluster.operator.metrics;

/** Tells of several operators the one that is at work: it alone has asked the chat pods anything. */
public interface Leader {
    boolean isLeading();
}
