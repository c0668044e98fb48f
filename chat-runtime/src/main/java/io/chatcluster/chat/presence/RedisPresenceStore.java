package io.chatcluster.chat.presence;

import io.chatcluster.chat.delivery.RedisCommands;
import io.chatcluster.chat.room.UserId;
import io.vertx.core.Future;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Request;
import io.vertx.redis.client.Response;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.IntStream;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * A hash for each user on both shards that its key belongs to, with a field for each pod. What is read is put together
 * from both shards, so that one may be away or have lost everything. Each field expires by the time it was written at; the key,
 * which only takes room by then, some time later, so that its end need not be put off with every heartbeat.
 */
@ApplicationScoped
public class RedisPresenceStore implements PresenceStore {

    /** Users whose commands are sent in one go. */
    private static final int CHUNK_MAX = 500;

    /** In times to live: how often the end of a key is put off, throughout one of them, and how long after that it ends. */
    private static final int RENEWED_EVERY = 6;

    private static final int KEPT_FOR = 8;

    private static final Duration ANSWER_TIMEOUT = Duration.ofSeconds(3);
    private static final Logger LOG = Logger.getLogger(RedisPresenceStore.class);

    private final RedisCommands redis;
    private final long timeToLiveMillis;
    private final String pod = UUID.randomUUID().toString();

    @Inject
    public RedisPresenceStore(RedisCommands redis) {
        this(redis, PresenceTimes.DEFAULT.timeToLive());
    }

    public RedisPresenceStore(RedisCommands redis, Duration timeToLive) {
        this.redis = redis;
        this.timeToLiveMillis = timeToLive.toMillis();
    }

    @Override
    public void report(Map<UserId, Sighting> sightings) {
        long now = System.currentTimeMillis();
        byShard(sightings.keySet())
                .forEach((shard, users) -> chunks(users).forEach(chunk -> {
                    List<Request> commands = new ArrayList<>(2 * chunk.size());
                    for (UserId user : chunk) {
                        commands.add(entry(user, sightings.getOrDefault(user, Sighting.NONE), now));
                    }
                    for (UserId user : chunk) {
                        if (!sightings.getOrDefault(user, Sighting.NONE).here() || renewedAt(user, now)) {
                            commands.add(renewal(user));
                        }
                    }
                    renewNew(shard, chunk, answers(shard, commands));
                }));
    }

    private Request entry(UserId user, Sighting sighting, long now) {
        PresenceState state = sighting.state() == null ? PresenceState.OFFLINE : sighting.state();
        return Request.cmd(Command.HSET)
                .arg(key(user))
                .arg(pod)
                .arg(new RedisPresenceEntry(state, now, sighting.seenAt()).encode());
    }

    private Request renewal(UserId user) {
        return Request.cmd(Command.PEXPIRE).arg(key(user)).arg(KEPT_FOR * timeToLiveMillis);
    }

    /** Of those who stay: users take turns, and each has several heartbeats within its own. Who leaves has no turn any more. */
    private boolean renewedAt(UserId user, long now) {
        return Math.floorMod(now + user.hashCode() * timeToLiveMillis, RENEWED_EVERY * timeToLiveMillis)
                < timeToLiveMillis;
    }

    /** A field that was not there may be that of a key that was not there, which has no end yet. */
    private void renewNew(String shard, List<UserId> users, List<@Nullable Response> answers) {
        List<Request> renewals = IntStream.range(0, Math.min(users.size(), answers.size()))
                .filter(i -> added(answers.get(i)))
                .mapToObj(i -> renewal(users.get(i)))
                .toList();
        if (!renewals.isEmpty()) {
            redis.batch(shard, renewals).onFailure(RedisPresenceStore::log);
        }
    }

    @Override
    public Map<UserId, Sighting> read(Collection<UserId> users) {
        Map<UserId, RedisPresenceEntries> found = new HashMap<>();
        byShard(users)
                .forEach((shard, placed) -> chunks(placed).forEach(chunk -> {
                    List<@Nullable Response> answers = answers(
                            shard,
                            chunk.stream()
                                    .map(user -> Request.cmd(Command.HGETALL).arg(key(user)))
                                    .toList());
                    for (int i = 0; i < answers.size(); i++) {
                        found.computeIfAbsent(chunk.get(i), user -> new RedisPresenceEntries())
                                .add(answers.get(i));
                    }
                }));
        long oldest = System.currentTimeMillis() - timeToLiveMillis;
        Map<UserId, Sighting> sightings = new HashMap<>();
        found.forEach((user, entries) -> {
            sightings.put(user, entries.sighting(oldest));
            removeForgotten(user, entries.fieldsBefore(oldest - timeToLiveMillis));
        });
        return sightings;
    }

    /** A user who never leaves would keep the fields of all pods there ever were. */
    private void removeForgotten(UserId user, List<String> fields) {
        for (String field : fields) {
            List<Request> command =
                    List.of(Request.cmd(Command.HDEL).arg(key(user)).arg(field));
            redis.place(key(user)).forEach(shard -> redis.batch(shard, command).onFailure(RedisPresenceStore::log));
        }
    }

    private static boolean added(@Nullable Response answer) {
        return answer != null && answer.toString().equals("1");
    }

    /** The answers to all of the commands; none when the shard does not answer. Blocks. */
    private List<@Nullable Response> answers(String shard, List<Request> commands) {
        Future<List<@Nullable Response>> answers = redis.batch(shard, commands);
        try {
            return answers.toCompletionStage()
                    .toCompletableFuture()
                    .get(ANSWER_TIMEOUT.toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException e) {
            log(e);
        } catch (TimeoutException e) {
            log(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return List.of();
    }

    /** The next heartbeat says it again, and the shard itself reports that it is away. */
    private static void log(Throwable failure) {
        LOG.debugf("A shard did not take commands about presence: %s", failure);
    }

    private Map<String, List<UserId>> byShard(Collection<UserId> users) {
        Map<String, List<UserId>> placed = new HashMap<>();
        for (UserId user : users) {
            for (String shard : redis.place(key(user))) {
                placed.computeIfAbsent(shard, s -> new ArrayList<>()).add(user);
            }
        }
        return placed;
    }

    private static List<List<UserId>> chunks(List<UserId> users) {
        List<List<UserId>> chunks = new ArrayList<>();
        for (int from = 0; from < users.size(); from += CHUNK_MAX) {
            chunks.add(users.subList(from, Math.min(users.size(), from + CHUNK_MAX)));
        }
        return chunks;
    }

    private static String key(UserId user) {
        return "presence:" + user.value();
    }
}
