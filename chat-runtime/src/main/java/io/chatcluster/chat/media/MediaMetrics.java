package io.chatcluster.chat.media;

import io.chatcluster.chat.protocol.ChatException;
import io.chatcluster.chat.protocol.ErrorCode;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.util.function.Supplier;

/** What became of attachments that were to be verified. */
final class MediaMetrics {

    private final MeterRegistry registry;
    private final Timer verified;

    MediaMetrics(MeterRegistry registry) {
        this.registry = registry;
        this.verified = Timer.builder("chat.media.verification")
                .description("From the first look at an upload until it is known to be what was announced")
                .register(registry);
    }

    <T> T timed(Supplier<T> verification) {
        Timer.Sample sample = Timer.start(registry);
        T result = counted(verification);
        sample.stop(verified);
        return result;
    }

    /** Counts failures alone. */
    <T> T counted(Supplier<T> task) {
        try {
            return task.get();
        } catch (ChatException e) {
            failures(e.code()).increment();
            throw e;
        }
    }

    private Counter failures(ErrorCode code) {
        return Counter.builder("chat.media.verification.failures")
                .description("Uploads that were not verified, by the code their senders were told")
                .tag("code", code.wireName())
                .register(registry);
    }
}
