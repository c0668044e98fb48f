package io.chatcluster.e2e.harness;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.parallel.ResourceAccessMode;
import org.junit.jupiter.api.parallel.ResourceLock;

/** Tests that use {@link TestChat#shared} and leave it as it is: they may run beside each other, and beside none that changes it. */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@ResourceLock(value = ChangesTheSharedChat.CHAT, mode = ResourceAccessMode.READ)
public @interface OnTheSharedChat {}
