package io.chatcluster.operator.plan;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Content of a Secret after one step of a rotation, or as it was where there is none to take.
 *
 * @param progress what is going on, for people; absent where nothing is
 */
record Rotation(Map<String, String> data, @Nullable String progress) {}
