/** Turns a plan into the objects that it needs, one class per object. */
@NullMarked
package io.chatcluster.operator.dependent;

import org.jspecify.annotations.NullMarked;
