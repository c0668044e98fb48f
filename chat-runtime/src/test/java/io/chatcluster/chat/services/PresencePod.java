package io.chatcluster.chat.services;

import io.chatcluster.chat.delivery.Attachment;
import io.chatcluster.chat.delivery.LocalHub;
import io.chatcluster.chat.delivery.RedisBroker;
import io.chatcluster.chat.message.MessageLimits;
import io.chatcluster.chat.presence.LastSeenStore;
import io.chatcluster.chat.presence.LocalDevices;
import io.chatcluster.chat.presence.Presence;
import io.chatcluster.chat.presence.PresenceService;
import io.chatcluster.chat.presence.PresenceStore;
import io.chatcluster.chat.presence.PresenceTimes;
import io.chatcluster.chat.presence.PresenceWatch;
import io.chatcluster.chat.presence.RedisPresenceStore;
import io.chatcluster.chat.presence.RoomPresence;
import io.chatcluster.chat.presence.Visibility;
import io.chatcluster.chat.room.RoomService;
import io.chatcluster.chat.room.UserId;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Request;
import io.vertx.redis.client.Response;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** What a chat pod has to do with presence. To the others, closing it is a crash: it says nothing any more. */
public final class PresencePod implements AutoCloseable {

    private final RedisBroker broker;
    private final LocalHub hub;
    private final PresenceWatch watch;
    private final List<Attachment> online = new CopyOnWriteArrayList<>();

    public final PresenceStore store;
    public final LastSeenStore lastSeen;
    public final LocalDevices devices;
    public final PresenceService service;
    public final RoomPresence counts;

    PresencePod(
            RedisBroker broker,
            LocalHub hub,
            RoomService rooms,
            LastSeenStore lastSeen,
            Visibility visibility,
            MessageLimits limits,
            PresenceTimes times) {
        this.broker = broker;
        this.hub = hub;
        this.lastSeen = lastSeen;
        store = new RedisPresenceStore(broker, times.timeToLive());
        devices = new LocalDevices(store, lastSeen, broker, times);
        watch = new PresenceWatch(store, lastSeen, visibility, broker, times);
        counts = new RoomPresence(rooms, store);
        service = new PresenceService(store, lastSeen, watch, visibility, limits);
    }

    /** Short ones, for which a test can wait. */
    public static PresenceTimes times(Duration grace, Duration awayAfter) {
        return new PresenceTimes(
                Duration.ofSeconds(1),
                Duration.ofSeconds(8),
                awayAfter,
                grace,
                grace.multipliedBy(2),
                Duration.ofSeconds(10),
                Duration.ofSeconds(1));
    }

    /** What a connection of {@code me} that watches the other is told, from now on. */
    public List<Presence> watch(UserId me, UserId other) {
        online.add(hub.online(me, notice -> {}).attachment());
        List<Presence> told = new CopyOnWriteArrayList<>();
        service.subscriptions(me, told::add).subscribe(List.of(other));
        return told;
    }

    /** What Redis holds about the user, from the first shard that answers. */
    public String inRedis(UserId user) {
        String key = "presence:" + user;
        return broker.batch(
                        broker.place(key).getFirst(),
                        List.of(Request.cmd(Command.HVALS).arg(key)))
                .map(answers -> answers.getFirst())
                .map(Response::toString)
                .otherwise("")
                .toCompletionStage()
                .toCompletableFuture()
                .join();
    }

    @Override
    public void close() {
        online.forEach(Attachment::close);
        devices.close();
        watch.close();
    }
}
