package io.chatcluster.chat.session;

import io.chatcluster.chat.message.RateLimit;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/**
 * How much a session may ask for.
 *
 * @param sends the rate of what is written to rooms
 * @param others the rate of all other commands
 * @param outstanding a permit for each write that may wait for its answer
 * @param outstandingMax how many permits there are
 */
record SessionLimits(RateLimit sends, RateLimit others, Semaphore outstanding, int outstandingMax) {

    static SessionLimits of(SessionConfig config, int messagesPerSecond) {
        int burst = messagesPerSecond * config.burstSeconds();
        return new SessionLimits(
                new RateLimit(messagesPerSecond, burst, System::nanoTime),
                new RateLimit(messagesPerSecond, burst, System::nanoTime),
                new Semaphore(config.outstandingSendsMax()),
                config.outstandingSendsMax());
    }

    /** Waits until every write is answered: no other may begin any more. False when the time is over before. */
    boolean awaitAnswers(long nanos) throws InterruptedException {
        return outstanding.tryAcquire(outstandingMax, nanos, TimeUnit.NANOSECONDS);
    }
}
