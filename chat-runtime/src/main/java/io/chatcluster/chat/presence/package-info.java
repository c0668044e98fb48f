/** Who is there, who types, and when somebody was last seen: momentary, and rebuilt from heartbeats after any loss. */
@NullMarked
package io.chatcluster.chat.presence;

import org.jspecify.annotations.NullMarked;
