package io.chatcluster.e2e.harness;

import java.util.concurrent.Semaphore;
import java.util.function.Supplier;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/** Tests that ask the API server only once, or count what is asked: it is not restarted while they run. */
public final class ApiServerInUse implements BeforeAllCallback, AfterAllCallback {
    private static final int USERS_MAX = 100;
    private static final Semaphore USE = new Semaphore(USERS_MAX, true);

    /** Does what restarts it when no such test runs; those that begin meanwhile wait. */
    public static void exclusively(Runnable restart) {
        USE.acquireUninterruptibly(USERS_MAX);
        try {
            restart.run();
        } finally {
            USE.release(USERS_MAX);
        }
    }

    /** Asks something of it that is not restarted meanwhile: no client asks again whose connection is cut during an answer. */
    public static <T> T during(Supplier<T> question) {
        // Past a restart that waits for the tests that use it, of which this may be one.
        if (!USE.tryAcquire()) {
            USE.acquireUninterruptibly();
        }
        try {
            return question.get();
        } finally {
            USE.release();
        }
    }

    @Override
    public void beforeAll(ExtensionContext context) {
        USE.acquireUninterruptibly();
    }

    @Override
    public void afterAll(ExtensionContext context) {
        USE.release();
    }
}
