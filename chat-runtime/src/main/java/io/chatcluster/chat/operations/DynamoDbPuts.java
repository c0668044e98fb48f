package io.chatcluster.chat.operations;

import software.amazon.awssdk.services.dynamodb.model.PutItemRequest;

/** The write that every message waits for, made at little cost. */
public interface DynamoDbPuts {

    /**
     * Tries once. Blocks: call on a virtual thread.
     *
     * @return true when the put was applied; false when that is not known, or when DynamoDB refused it: what is the case
     *     {@link software.amazon.awssdk.services.dynamodb.DynamoDbClient} finds out, with the very same request
     */
    boolean applied(PutItemRequest request);
}
