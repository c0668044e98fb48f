package io.chatcluster.e2e.harness;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.parallel.ResourceLock;

/**
 * Tests of people at their browsers who disturb nobody, most of them on the chat that {@code make up} brings up. One class of them
 * runs at a time, beside those {@link OnTheSharedChat} and {@link OnAChatOfItsOwn}: a machine has only so many processors.
 */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@ResourceLock("the browser")
public @interface InTheBrowser {}
