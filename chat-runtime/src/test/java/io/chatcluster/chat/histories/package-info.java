/** Random histories of a room on several pods, compared with what a simple model says must come of them. */
@NullMarked
package io.chatcluster.chat.histories;

import org.jspecify.annotations.NullMarked;
