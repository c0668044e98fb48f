/** Claims about conversations and resources, said once and in the words of the product. */
@NullMarked
package io.chatcluster.e2e.assertions;

import org.jspecify.annotations.NullMarked;
