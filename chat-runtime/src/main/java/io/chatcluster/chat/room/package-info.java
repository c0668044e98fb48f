/** Rooms and their members: who may do what where. */
@NullMarked
package io.chatcluster.chat.room;

import org.jspecify.annotations.NullMarked;
