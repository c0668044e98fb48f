/** Turns what was observed into the conditions and numbers of the status. */
@NullMarked
package io.chatcluster.operator.status;

import org.jspecify.annotations.NullMarked;
