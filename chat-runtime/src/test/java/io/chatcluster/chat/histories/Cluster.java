package io.chatcluster.chat.histories;

import io.chatcluster.chat.delivery.HubTimes;
import io.chatcluster.chat.services.DynamoDbLocal;
import io.chatcluster.chat.services.Pod;
import io.chatcluster.chat.services.RedisServer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** Three pods, two Redis shards and tables of their own, all of which may be lost but the tables. */
final class Cluster implements AutoCloseable {

    static final int PODS = 3;

    /** A pod's clocks, ten times as fast: ten thousand histories take long enough. */
    private static final HubTimes TIMES = new HubTimes(
            Duration.ofMillis(20),
            Duration.ofMillis(500),
            Duration.ofMillis(50),
            Duration.ofMillis(1_500),
            Duration.ofMillis(400));

    private final String tables = "histories-" + UUID.randomUUID() + "-";
    private final List<RedisServer> shards = List.of(new RedisServer().start(), new RedisServer().start());
    private final List<Pod> pods = new ArrayList<>();
    private boolean redisRuns = true;

    Cluster() {
        DynamoDbLocal.running().createTables(tables);
        for (int i = 0; i < PODS; i++) {
            pods.add(newPod());
        }
    }

    private Pod newPod() {
        return new Pod(tables, Map.of(), TIMES, shards.toArray(RedisServer[]::new));
    }

    Pod pod(int index) {
        return pods.get(index);
    }

    /** Ends the pod in the middle of whatever it does; another one takes its place. */
    void losePod(int index) {
        pods.set(index, newPod()).close();
    }

    void toggleRedis() {
        if (redisRuns) {
            shards.forEach(RedisServer::kill);
        } else {
            shards.forEach(RedisServer::start);
        }
        redisRuns = !redisRuns;
    }

    void forgetFaults() {
        pods.forEach(pod -> pod.faults.loseAnswersOfPuts(0));
    }

    @Override
    public void close() {
        pods.forEach(Pod::close);
        shards.forEach(RedisServer::close);
    }
}
