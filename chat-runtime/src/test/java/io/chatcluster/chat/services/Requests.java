package io.chatcluster.chat.services;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import software.amazon.awssdk.core.SdkRequest;
import software.amazon.awssdk.core.interceptor.Context;
import software.amazon.awssdk.core.interceptor.ExecutionAttributes;
import software.amazon.awssdk.core.interceptor.ExecutionInterceptor;
import software.amazon.awssdk.services.dynamodb.model.QueryRequest;

/** Counts what a pod asks DynamoDB for. */
public final class Requests implements ExecutionInterceptor {

    private final Map<String, Integer> counts = new ConcurrentHashMap<>();

    @Override
    public void beforeExecution(Context.BeforeExecution context, ExecutionAttributes attributes) {
        counts.merge(name(context.request()), 1, Integer::sum);
    }

    private static String name(SdkRequest request) {
        String name = request.getClass().getSimpleName().replace("Request", "");
        return request instanceof QueryRequest query && query.indexName() != null
                ? name + " " + query.indexName()
                : name;
    }

    /** How often an operation was asked for: {@code GetItem}, or {@code Query byRoom} for one on an index. */
    public int count(String operation) {
        return counts.getOrDefault(operation, 0);
    }
}
