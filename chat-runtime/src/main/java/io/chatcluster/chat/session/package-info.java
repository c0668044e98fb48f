/** Live connections: from a WebSocket frame to the services and from pushes back to the socket, in order and within bounds. */
@NullMarked
package io.chatcluster.chat.session;

import org.jspecify.annotations.NullMarked;
