/** What runs and watches the pod: configuration, health, canary, status and drain. */
@NullMarked
package io.chatcluster.chat.operations;

import org.jspecify.annotations.NullMarked;
