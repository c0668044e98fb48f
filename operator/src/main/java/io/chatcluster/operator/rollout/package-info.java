/** Decides what the chat pods are to be: what the spec wants, or, where that does not come up, what they were before. */
@NullMarked
package io.chatcluster.operator.rollout;

import org.jspecify.annotations.NullMarked;
