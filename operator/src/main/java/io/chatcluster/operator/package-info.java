/** Watches ChatClusters and makes of each one the chat service that it describes. */
@NullMarked
package io.chatcluster.operator;

import org.jspecify.annotations.NullMarked;
