package io.chatcluster.chat.operations;

import java.util.Map;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.PutItemRequest;

/** The write that every message waits for, made at little cost. */
public interface DynamoDbPuts {

    /** What came of a put. */
    sealed interface Outcome {

        record Applied() implements Outcome {}

        /** The condition failed: that item is there. */
        record Occupied(Map<String, AttributeValue> by) implements Outcome {}

        /**
         * Not known, or DynamoDB had something else against it: the SDK's client finds out, with the very same request.
         */
        record Unknown() implements Outcome {}
    }

    /** Tries once, on the condition that there is no item at the key. Blocks: call on a virtual thread. */
    Outcome put(PutItemRequest request);
}
