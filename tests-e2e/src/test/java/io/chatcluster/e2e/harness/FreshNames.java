package io.chatcluster.e2e.harness;

import java.util.UUID;

/** What people and groups are called in one test: nobody has these names in the chat yet. */
public final class FreshNames {
    private static final int LETTERS = 8;

    private final String ending = "-" + UUID.randomUUID().toString().substring(0, LETTERS);

    public String of(String name) {
        return name + ending;
    }
}
