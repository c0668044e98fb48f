package io.chatcluster.chat.services;

import io.chatcluster.chat.room.UserId;
import java.util.concurrent.atomic.AtomicInteger;
import software.amazon.awssdk.core.SdkResponse;
import software.amazon.awssdk.core.interceptor.Context;
import software.amazon.awssdk.core.interceptor.ExecutionAttributes;
import software.amazon.awssdk.core.interceptor.ExecutionInterceptor;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.QueryRequest;
import software.amazon.awssdk.services.dynamodb.model.QueryResponse;

/** Has an index show a member late, as DynamoDB's do and those of DynamoDB Local do not. */
public final class LateIndex implements ExecutionInterceptor {

    private final AtomicInteger queries = new AtomicInteger();
    private volatile String hidden = "";

    /** The next queries of an index do not find the user. */
    public void hide(UserId user, int count) {
        hidden = user.value();
        queries.set(count);
    }

    @Override
    public SdkResponse modifyResponse(Context.ModifyResponse context, ExecutionAttributes attributes) {
        boolean late = context.request() instanceof QueryRequest query
                && query.indexName() != null
                && queries.getAndUpdate(left -> Math.max(0, left - 1)) > 0;
        return late && context.response() instanceof QueryResponse found ? withoutHidden(found) : context.response();
    }

    private QueryResponse withoutHidden(QueryResponse found) {
        return found.toBuilder()
                .items(found.items().stream()
                        .filter(item -> !item.containsValue(AttributeValue.fromS(hidden)))
                        .toList())
                .build();
    }
}
