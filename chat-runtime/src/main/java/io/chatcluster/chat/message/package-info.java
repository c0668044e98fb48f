/** The message log: one dense order per room, written by group commit, and the history read from it. */
@NullMarked
package io.chatcluster.chat.message;

import org.jspecify.annotations.NullMarked;
