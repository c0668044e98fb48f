/** Who is calling: verifies the tokens that WebSocket connections and HTTP requests bring. */
@NullMarked
package io.chatcluster.chat.auth;

import org.jspecify.annotations.NullMarked;
