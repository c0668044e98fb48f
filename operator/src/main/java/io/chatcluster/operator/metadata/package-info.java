/** Names and labels of everything that the operator makes. */
@NullMarked
package io.chatcluster.operator.metadata;

import org.jspecify.annotations.NullMarked;
