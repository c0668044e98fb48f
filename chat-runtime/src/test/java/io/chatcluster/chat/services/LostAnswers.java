package io.chatcluster.chat.services;

import io.chatcluster.chat.operations.DynamoDbAttempts;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.stream.Stream;
import software.amazon.awssdk.core.SdkRequest;
import software.amazon.awssdk.core.exception.RetryableException;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.core.interceptor.Context;
import software.amazon.awssdk.core.interceptor.ExecutionAttributes;
import software.amazon.awssdk.core.interceptor.ExecutionInterceptor;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.BatchGetItemRequest;
import software.amazon.awssdk.services.dynamodb.model.Delete;
import software.amazon.awssdk.services.dynamodb.model.DynamoDbRequest;
import software.amazon.awssdk.services.dynamodb.model.GetItemRequest;
import software.amazon.awssdk.services.dynamodb.model.Put;
import software.amazon.awssdk.services.dynamodb.model.PutItemRequest;
import software.amazon.awssdk.services.dynamodb.model.QueryRequest;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItemsRequest;
import software.amazon.awssdk.services.dynamodb.model.Update;
import software.amazon.awssdk.services.dynamodb.model.UpdateItemRequest;

/** Loses the answers of writes that DynamoDB has applied, and cuts DynamoDB off altogether. */
public final class LostAnswers implements ExecutionInterceptor {

    private static final DynamoDbAttempts.Outcome UNKNOWN = new DynamoDbAttempts.Outcome.Unknown();

    /** As often as the SDK's client makes a request. */
    public static final int ALL_ATTEMPTS = 3;

    private final AtomicInteger putsToLose = new AtomicInteger();
    private final AtomicInteger writesToLose = new AtomicInteger();
    private volatile String tableOfWrites = "";
    private final ConcurrentMap<Class<?>, Integer> requests = new ConcurrentHashMap<>();
    private volatile boolean readsFail;
    private volatile boolean putsRefused;

    /** The next Puts are applied, but nobody hears of it. */
    public void loseAnswersOfPuts(int count) {
        putsToLose.set(count);
    }

    /** The next writes to the table are applied, and their answers are lost on the network: the SDK's client makes them again. */
    public void loseAnswersOfWritesTo(String table, int count) {
        tableOfWrites = table;
        writesToLose.set(count);
    }

    /** From now on Puts do not reach DynamoDB. */
    public void refusePuts(boolean refused) {
        putsRefused = refused;
    }

    /** From now on reads fail too. */
    public void failReads(boolean fail) {
        readsFail = fail;
    }

    /** How many answers are still to be lost. */
    public int leftToLose() {
        return putsToLose.get();
    }

    /** How many requests of the kind have left the pod. */
    public int requests(Class<? extends DynamoDbRequest> kind) {
        return requests.getOrDefault(kind, 0);
    }

    /** The same attempts, whose answers it loses and which it cuts off as those of the client. */
    DynamoDbAttempts of(DynamoDbAttempts attempts) {
        return new DynamoDbAttempts() {
            @Override
            public Outcome put(PutItemRequest request) {
                requests.merge(PutItemRequest.class, 1, Integer::sum);
                return putsRefused ? UNKNOWN : losing(attempts.put(request));
            }

            @Override
            public boolean tryPut(PutItemRequest request, Consumer<Outcome> answered) {
                if (putsRefused) {
                    answered.accept(UNKNOWN);
                    return true;
                }
                boolean tried = attempts.tryPut(request, outcome -> answered.accept(losing(outcome)));
                if (tried) {
                    requests.merge(PutItemRequest.class, 1, Integer::sum);
                }
                return tried;
            }

            @Override
            public Optional<Found> read(String table, List<Map<String, AttributeValue>> keys, String attribute) {
                if (readsFail) {
                    return Optional.empty();
                }
                requests.merge(BatchGetItemRequest.class, 1, Integer::sum);
                return attempts.read(table, keys, attribute);
            }
        };
    }

    private DynamoDbAttempts.Outcome losing(DynamoDbAttempts.Outcome outcome) {
        return losesNext() ? UNKNOWN : outcome;
    }

    private boolean losesNext() {
        return putsToLose.getAndUpdate(left -> Math.max(0, left - 1)) > 0;
    }

    @Override
    public void beforeTransmission(Context.BeforeTransmission context, ExecutionAttributes attributes) {
        requests.merge(context.request().getClass(), 1, Integer::sum);
        if (putsRefused && context.request() instanceof PutItemRequest) {
            throw SdkClientException.create("injected: the Put did not leave the pod");
        }
        if (readsFail && isRead(context.request())) {
            throw SdkClientException.create("injected: the read did not leave the pod");
        }
    }

    private static boolean isRead(SdkRequest request) {
        return request instanceof GetItemRequest
                || request instanceof BatchGetItemRequest
                || request instanceof QueryRequest;
    }

    @Override
    public void afterTransmission(Context.AfterTransmission context, ExecutionAttributes attributes) {
        if (context.request() instanceof PutItemRequest && losesNext()) {
            throw SdkClientException.create("injected: the answer was lost");
        }
        if (tablesWritten(context.request()).anyMatch(table -> table.endsWith(tableOfWrites))
                && writesToLose.getAndUpdate(left -> Math.max(0, left - 1)) > 0) {
            throw RetryableException.create("injected: the connection was lost before the answer");
        }
    }

    private static Stream<String> tablesWritten(SdkRequest request) {
        return switch (request) {
            case PutItemRequest put -> Stream.of(put.tableName());
            case UpdateItemRequest update -> Stream.of(update.tableName());
            case TransactWriteItemsRequest transaction ->
                transaction.transactItems().stream()
                        .flatMap(item -> Stream.of(
                                        Optional.ofNullable(item.put()).map(Put::tableName),
                                        Optional.ofNullable(item.update()).map(Update::tableName),
                                        Optional.ofNullable(item.delete()).map(Delete::tableName))
                                .flatMap(Optional::stream));
            default -> Stream.of();
        };
    }
}
