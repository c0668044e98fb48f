/** Turns a ChatCluster's spec into a plan in which every default is resolved. */
@NullMarked
package io.chatcluster.operator.plan;

import org.jspecify.annotations.NullMarked;
