package io.chatcluster.chat.services;

import static org.assertj.core.api.Assertions.assertThat;

import io.chatcluster.chat.delivery.HubTimes;
import io.chatcluster.chat.message.Append;
import io.chatcluster.chat.message.Batch;
import io.chatcluster.chat.room.RoomId;
import io.chatcluster.chat.room.UserId;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/** Two pods that share two Redis shards and fresh tables, and a group room of alice and bob. */
public final class TwoPods implements BeforeEachCallback, AfterEachCallback {

    public static final UserId ALICE = new UserId("alice");
    public static final UserId BOB = new UserId("bob");

    private static final class Tables {
        static final String PREFIX = created();

        static String created() {
            String prefix = "pods-" + UUID.randomUUID() + "-";
            DynamoDbLocal.running().createTables(prefix);
            return prefix;
        }
    }

    /** While Redis is there nothing is found by looking: what comes, comes through Redis. */
    public static final HubTimes BY_REDIS_ALONE = new HubTimes(
            Duration.ofMillis(50),
            Duration.ofDays(1),
            Duration.ofMillis(200),
            Duration.ofDays(1),
            Duration.ofMillis(500));

    private final Map<String, String> settings;
    private final HubTimes times;
    private final String tablePrefix;
    private List<RedisServer> shards = List.of();
    private List<Pod> pods = List.of();
    private RoomId room = new RoomId("unset");

    public TwoPods() {
        this(Map.of(), HubTimes.DEFAULT);
    }

    /** @param times how often the pods look for what Redis did not bring */
    public TwoPods(HubTimes times) {
        this(Map.of(), times);
    }

    /** @param settings of the pods' configuration, besides those that every pod needs */
    public TwoPods(Map<String, String> settings) {
        this(settings, HubTimes.DEFAULT);
    }

    private TwoPods(Map<String, String> settings, HubTimes times) {
        this(settings, times, Tables.PREFIX);
    }

    private TwoPods(Map<String, String> settings, HubTimes times, String tablePrefix) {
        this.settings = Map.copyOf(settings);
        this.times = times;
        this.tablePrefix = tablePrefix;
    }

    /** Where no other test's pods meet the same people and rooms. */
    public static TwoPods onTablesOfTheirOwn() {
        return new TwoPods(Map.of(), HubTimes.DEFAULT, Tables.created());
    }

    @Override
    public void beforeEach(ExtensionContext context) {
        shards = List.of(new RedisServer().start(), new RedisServer().start());
        pods = List.of(newPod(), newPod());
        room = one().rooms.group(ALICE, "room", List.of(BOB)).id();
    }

    @Override
    public void afterEach(ExtensionContext context) {
        pods.forEach(Pod::close);
        shards.forEach(RedisServer::close);
    }

    /** Another pod of the same cluster; the caller closes it. */
    public Pod newPod() {
        return new Pod(tablePrefix, settings, times, shards.toArray(RedisServer[]::new));
    }

    /** Removes what has expired of the room, as DynamoDB does some time after; returns how many items there were. */
    public int removeExpired() {
        return DynamoDbLocal.running().removeExpired(tablePrefix + "messages", room);
    }

    public Pod one() {
        return pods.getFirst();
    }

    public Pod two() {
        return pods.getLast();
    }

    public RoomId room() {
        return room;
    }

    public void killRedis() {
        shards.forEach(RedisServer::kill);
    }

    public void startRedis() {
        shards.forEach(RedisServer::start);
    }

    /** Waits until both pods hear all shards. */
    public void awaitRedis() {
        awaitShards("Redis", true);
    }

    /** Waits until no pod hears any shard. */
    public void awaitNoRedis() {
        awaitShards("no Redis", false);
    }

    private void awaitShards(String what, boolean connected) {
        Patience.await(what)
                .atMost(Duration.ofSeconds(30))
                .until(() -> pods.stream()
                        .flatMap(pod -> pod.broker.shards().stream())
                        .allMatch(shard -> shard.connected() == connected));
    }

    public List<RedisServer> shards() {
        return shards;
    }

    /** Commits the first events of a room, of which no Redis ever tells. */
    public void commitUnpublished(RoomId to, String... events) {
        Append outcome = one().log.append(new Batch(to, 1, "unpublished", System.currentTimeMillis(), List.of(events)));
        assertThat(outcome).isInstanceOf(Append.Committed.class);
    }

    /** Sends the messages {@code from..to} through the pod, one after the other, and waits for the acks. */
    public void send(Pod pod, int from, int to) {
        for (int i = from; i <= to; i++) {
            var unused = pod.send(ALICE, room, "m" + i).join();
        }
    }
}
