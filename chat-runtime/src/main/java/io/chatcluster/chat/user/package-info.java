/** Users: what they show of themselves, and how others find them. */
@NullMarked
package io.chatcluster.chat.user;

import org.jspecify.annotations.NullMarked;
