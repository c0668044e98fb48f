package io.chatcluster.chat.room;

import io.chatcluster.chat.protocol.ChatException;
import io.chatcluster.chat.protocol.ErrorCode;
import java.time.Duration;
import java.util.function.Supplier;
import org.jboss.logging.Logger;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.dynamodb.model.ConditionalCheckFailedException;
import software.amazon.awssdk.services.dynamodb.model.TransactionCanceledException;

/** Calls DynamoDB and says {@code unavailable} when it does not answer; a failed condition is an answer. */
public final class DynamoDbCalls {

    private static final Logger LOG = Logger.getLogger(DynamoDbCalls.class);
    private static final Duration RETRY_AFTER = Duration.ofSeconds(1);

    private DynamoDbCalls() {}

    public static <T> T call(Supplier<T> request) {
        try {
            return request.get();
        } catch (ConditionalCheckFailedException | TransactionCanceledException e) {
            throw e;
        } catch (SdkException e) {
            throw unavailable(e);
        }
    }

    /** Runs a write that has a condition; false when the condition failed. */
    public static boolean conditionally(Runnable write) {
        try {
            return call(() -> {
                write.run();
                return true;
            });
        } catch (ConditionalCheckFailedException e) {
            return false;
        }
    }

    public static ChatException unavailable(SdkException cause) {
        LOG.warnf("DynamoDB did not answer: %s", cause.getMessage());
        return new ChatException(ErrorCode.UNAVAILABLE, "the message store did not answer", RETRY_AFTER, cause);
    }
}
