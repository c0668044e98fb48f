package io.chatcluster.chat.operations;

/** The bean that counts live client connections, for {@code /status}. */
@FunctionalInterface
public interface ConnectionCount {

    int connections();
}
