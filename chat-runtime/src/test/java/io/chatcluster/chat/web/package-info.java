/** The TypeScript client and the web app, in Node and in a real browser. */
@NullMarked
package io.chatcluster.chat.web;

import org.jspecify.annotations.NullMarked;
