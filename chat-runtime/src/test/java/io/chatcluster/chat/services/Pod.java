package io.chatcluster.chat.services;

import io.chatcluster.chat.delivery.Fanout;
import io.chatcluster.chat.delivery.HubTimes;
import io.chatcluster.chat.delivery.LocalHub;
import io.chatcluster.chat.delivery.RedisBroker;
import io.chatcluster.chat.media.Avatars;
import io.chatcluster.chat.media.DynamoDbAttachmentStore;
import io.chatcluster.chat.media.MediaService;
import io.chatcluster.chat.media.MediaStore;
import io.chatcluster.chat.media.NoMediaStore;
import io.chatcluster.chat.media.Removals;
import io.chatcluster.chat.media.UploadRate;
import io.chatcluster.chat.media.Verification;
import io.chatcluster.chat.message.Ack;
import io.chatcluster.chat.message.ChangeService;
import io.chatcluster.chat.message.DynamoDbChangeStore;
import io.chatcluster.chat.message.DynamoDbMessageLog;
import io.chatcluster.chat.message.Folds;
import io.chatcluster.chat.message.History;
import io.chatcluster.chat.message.LogJournal;
import io.chatcluster.chat.message.MessageLimits;
import io.chatcluster.chat.message.MessageService;
import io.chatcluster.chat.message.RoomWriters;
import io.chatcluster.chat.message.SendMessage;
import io.chatcluster.chat.message.UnusedFiles;
import io.chatcluster.chat.operations.ChatConfig;
import io.chatcluster.chat.operations.DynamoDbAttempts;
import io.chatcluster.chat.operations.DynamoDbClients;
import io.chatcluster.chat.operations.DynamoDbHttpAttempts;
import io.chatcluster.chat.presence.DynamoDbLastSeenStore;
import io.chatcluster.chat.presence.PresenceTimes;
import io.chatcluster.chat.presence.TypingService;
import io.chatcluster.chat.presence.Visibility;
import io.chatcluster.chat.room.BlockService;
import io.chatcluster.chat.room.DynamoDbBlockStore;
import io.chatcluster.chat.room.DynamoDbRoomStore;
import io.chatcluster.chat.room.Following;
import io.chatcluster.chat.room.Grant;
import io.chatcluster.chat.room.OwedEvents;
import io.chatcluster.chat.room.RoomAccess;
import io.chatcluster.chat.room.RoomId;
import io.chatcluster.chat.room.RoomService;
import io.chatcluster.chat.room.RoomSizes;
import io.chatcluster.chat.room.RoomViews;
import io.chatcluster.chat.room.UserId;
import io.chatcluster.chat.user.DynamoDbUserStore;
import io.chatcluster.chat.user.UserService;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.opentelemetry.api.trace.TracerProvider;
import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfigBuilder;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

/** The inside of a chat pod, wired as in production but without its sockets: several fit in one JVM. */
public final class Pod implements AutoCloseable {
    /** A third of what a real pod takes, for tests wait for it. */
    private static final Duration RESOLVE_TIMEOUT = Duration.ofSeconds(2);

    private final Vertx vertx = Vertx.vertx();
    private final DynamoDbClient client;
    private final DynamoDbHttpAttempts attempts;
    private final MessageLimits limits;

    public final ChatConfig config;
    public final Requests requests = new Requests();
    public final LostAnswers faults = new LostAnswers();
    public final LateIndex index = new LateIndex();
    public final MeterRegistry metrics = new SimpleMeterRegistry();
    public final DynamoDbMessageLog log;
    public final LogJournal journal;
    public final DynamoDbRoomStore store;
    private final Removals removals;
    public final RoomWriters writers;
    public final RedisBroker broker;
    public final LocalHub hub;
    public final RoomService rooms;
    public final BlockService blocks;
    public final UserService users;
    public final MessageService messages;
    public final TypingService typing;
    public final ChangeService changes;

    public Pod(String tablePrefix, RedisServer... shards) {
        this(tablePrefix, Map.of(), shards);
    }

    /** @param settings of the configuration, besides those that every pod needs */
    public Pod(String tablePrefix, Map<String, String> settings, RedisServer... shards) {
        this(tablePrefix, settings, HubTimes.DEFAULT, shards);
    }

    /** @param times how often it looks for what Redis did not bring */
    public Pod(String tablePrefix, Map<String, String> settings, HubTimes times, RedisServer... shards) {
        config = config(tablePrefix, settings, shards);
        client = DynamoDbClients.builder(config)
                .overrideConfiguration(DynamoDbClients.overrides().toBuilder()
                        .addExecutionInterceptor(faults)
                        .addExecutionInterceptor(requests)
                        .addExecutionInterceptor(index)
                        .build())
                .build();
        attempts = new DynamoDbHttpAttempts(vertx, config);
        DynamoDbAttempts faulty = faults.of(attempts);
        log = new DynamoDbMessageLog(client, faulty, config, RESOLVE_TIMEOUT);
        store = new DynamoDbRoomStore(client, config);
        DynamoDbBlockStore blockStore = new DynamoDbBlockStore(client, faulty, config);
        broker = new RedisBroker(vertx, config, metrics);
        hub = new LocalHub(log, broker, store, metrics, times);
        RoomAccess access = new RoomAccess(store, blockStore, hub);
        Fanout fanout = new Fanout(hub, broker);
        writers = new RoomWriters(log, fanout, metrics, TracerProvider.noop().get("pod"));
        MediaStore media = new NoMediaStore();
        DynamoDbAttachmentStore attachments = new DynamoDbAttachmentStore(client, config);
        removals = new Removals(attachments, media);
        Folds folds = new Folds(log, new DynamoDbChangeStore(client, config), removals);
        History history = new History(log, folds);
        journal = new LogJournal(writers, history);
        OwedEvents owed = new OwedEvents(store, journal);
        RoomViews views = new RoomViews(store, journal, owed, hub);
        rooms = new RoomService(store, journal, access, blockStore, fanout, views, owed, removals, config);
        DynamoDbUserStore userStore = new DynamoDbUserStore(client, config);
        Verification verification = new Verification(media, attachments, metrics);
        Avatars avatars = new Avatars(attachments, verification, media, userStore, removals, config);
        users = new UserService(userStore, avatars);
        blocks = new BlockService(blockStore);
        RoomSizes sizes = new RoomSizes(store);
        limits = new MessageLimits(config);
        MediaService files =
                new MediaService(rooms, media, attachments, verification, new UploadRate(config), avatars, config);
        messages = new MessageService(
                rooms,
                access,
                writers,
                history,
                files,
                new UnusedFiles(history, removals),
                limits,
                sizes,
                fanout,
                config);
        changes = new ChangeService(access, writers, history, folds, limits, config);
        typing = new TypingService(access, sizes, fanout);
    }

    /** Its presence, at times that suit the test; the caller closes it. */
    public PresencePod presence(PresenceTimes times) {
        return new PresencePod(
                broker,
                hub,
                rooms,
                new DynamoDbLastSeenStore(client, config),
                new Visibility(store, hub),
                limits,
                times);
    }

    private static ChatConfig config(String tablePrefix, Map<String, String> settings, RedisServer... shards) {
        DynamoDbLocal dynamoDb = DynamoDbLocal.running();
        Map<String, String> properties = new HashMap<>(Map.of(
                "chat.pod",
                "test",
                "chat.dynamodb.region",
                "local",
                "chat.dynamodb.endpoint",
                dynamoDb.endpoint().toString(),
                "chat.dynamodb.table-prefix",
                tablePrefix,
                "chat.aws.credentials-directory",
                dynamoDb.credentialsDirectory().toString(),
                "chat.auth.issuer",
                "test",
                "chat.auth.jwks-file",
                "none",
                "chat.limits.room-members-max",
                "5"));
        properties.put("chat.limits.messages-per-second", "100000");
        properties.put("chat.limits.room-messages-per-second", "100000");
        properties.putAll(settings);
        for (int i = 0; i < shards.length; i++) {
            properties.put("chat.redis.shards[" + i + "]", shards[i].address());
        }
        return new SmallRyeConfigBuilder()
                .addDiscoveredConverters()
                .withMapping(ChatConfig.class)
                .withSources(new PropertiesConfigSource(properties, "test", 100))
                .build()
                .getConfigMapping(ChatConfig.class);
    }

    /** Sends a message under the client message id, with the id as its text, as a session does. */
    public CompletableFuture<Ack> send(UserId from, RoomId room, String clientMessageId) {
        SendMessage message = new SendMessage(from, room, clientMessageId, clientMessageId, List.of(), null);
        Grant recalled = messages.recall(message);
        return (recalled == null ? messages.send(message) : messages.send(message, recalled)).toCompletableFuture();
    }

    /** What a connection of the user would follow, that room before others. */
    public Following following(UserId user, RoomId first) {
        return rooms.following(store.memberships(user), Map.of(first.value(), 0L), 100);
    }

    public double count(String counter) {
        return metrics.get(counter).counter().count();
    }

    @Override
    public void close() {
        removals.close();
        hub.close();
        writers.close();
        broker.close();
        client.close();
        attempts.close();
        vertx.close();
    }
}
