/** Tells the application's back end, over signed HTTP requests, what was committed. */
@NullMarked
package io.chatcluster.chat.webhook;

import org.jspecify.annotations.NullMarked;
