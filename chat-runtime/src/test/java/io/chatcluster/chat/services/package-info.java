/** The real Redis and DynamoDB Local that tests run against. */
@NullMarked
package io.chatcluster.chat.services;

import org.jspecify.annotations.NullMarked;
