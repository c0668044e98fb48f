package io.chatcluster.e2e.harness;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.parallel.ResourceLock;

/** Tests that make the ChatCluster they need, beside those of other chats; one at a time, since a machine holds only so many pods. */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@Order(1)
@ResourceLock("room for one more chat")
public @interface OnAChatOfItsOwn {}
