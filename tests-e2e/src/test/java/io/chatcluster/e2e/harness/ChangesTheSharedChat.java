package io.chatcluster.e2e.harness;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.parallel.ResourceLock;

/** Tests that change {@link TestChat#shared}, take parts of it away, or watch it while nobody uses it: each has it alone. */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@ResourceLock(ChangesTheSharedChat.CHAT)
public @interface ChangesTheSharedChat {
    String CHAT = "the shared chat";
}
