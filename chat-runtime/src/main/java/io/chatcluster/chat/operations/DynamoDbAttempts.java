package io.chatcluster.chat.operations;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.PutItemRequest;

/**
 * The requests that messages wait for, made at little cost: tried once, and left to the SDK's client where that does not tell what
 * there is to know. All but {@link #tryPut} block: call on a virtual thread.
 */
public interface DynamoDbAttempts {

    /** What came of a put. */
    sealed interface Outcome {

        record Applied() implements Outcome {}

        /** The condition failed: that item is there. */
        record Occupied(Map<String, AttributeValue> by) implements Outcome {}

        /** Not known, or DynamoDB had something else against it: the very same request tells when it is made again. */
        record Unknown() implements Outcome {}
    }

    /** Puts, on the condition that there is no item at the key. */
    Outcome put(PutItemRequest request);

    /**
     * Puts as {@link #put}, and never blocks.
     *
     * @param answered hears what came of it, on any thread, this one included
     * @return false where something else than the answer would have to be waited for: nothing was tried, and nobody hears of it
     */
    boolean tryPut(PutItemRequest request, Consumer<Outcome> answered);

    /**
     * What there is at the keys now.
     *
     * @param attribute the only one that is read of each item
     * @return empty when that is not known
     */
    Optional<Found> read(String table, List<Map<String, AttributeValue>> keys, String attribute);

    /**
     * What was found at some keys.
     *
     * @param items in no order
     * @param all false where DynamoDB has too much to do, and did not look at every key
     */
    record Found(List<Map<String, AttributeValue>> items, boolean all) {}
}
