/** The chat.v1.json wire protocol: its frames, its error and close codes, and the strict codec between text and frames. */
@NullMarked
package io.chatcluster.chat.protocol;

import org.jspecify.annotations.NullMarked;
