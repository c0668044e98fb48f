package io.chatcluster.operator;

import org.jspecify.annotations.Nullable;

/**
 * What became of the objects that a visit wrote.
 *
 * @param failure what went wrong, for people
 */
record Written(@Nullable RuntimeException problem, @Nullable String failure) {
    void rethrow() {
        if (problem != null) {
            throw problem;
        }
    }
}
