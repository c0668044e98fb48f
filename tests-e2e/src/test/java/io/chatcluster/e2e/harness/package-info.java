/** The means to act as an admin and as a chat client of a running cluster. */
@NullMarked
package io.chatcluster.e2e.harness;

import org.jspecify.annotations.NullMarked;
