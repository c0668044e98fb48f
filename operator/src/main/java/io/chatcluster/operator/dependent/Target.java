package io.chatcluster.operator.dependent;

import io.chatcluster.operator.rollout.Failure;
import io.chatcluster.operator.rollout.Revision;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What the chat pods are to be made from now.
 *
 * @param planned whether that is what the plan says
 * @param failure what was given up for it; absent where nothing was
 * @param kept names of ConfigMaps with other revisions that are still needed
 */
public record Target(
        Revision revision, boolean planned, @Nullable Failure failure, Set<String> kept) {}
