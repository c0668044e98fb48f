/** Live delivery: from the committed batch through Redis to every local connection, dense and in order. */
@NullMarked
package io.chatcluster.chat.delivery;

import org.jspecify.annotations.NullMarked;
