/** What the product promises its users, one class per capability, checked on a running cluster. */
@NullMarked
package io.chatcluster.e2e;

import org.jspecify.annotations.NullMarked;
