package io.chatcluster.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.chatcluster.e2e.assertions.Conversation;
import io.chatcluster.e2e.harness.Crowd;
import io.chatcluster.e2e.harness.OnAChatOfItsOwn;
import io.chatcluster.e2e.harness.PodStatus;
import io.chatcluster.e2e.harness.SendAck;
import io.chatcluster.e2e.harness.TestChat;
import io.fabric8.kubernetes.api.model.autoscaling.v2.MetricStatus;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@OnAChatOfItsOwn
class ScalingIT {
    private static final int PEOPLE = Integer.getInteger("people", 2000);
    private static final int ROOM_SIZE = 20;
    private static final int TALKING_ROOMS = 10;
    private static final Duration SCALED = Duration.ofMinutes(8);
    private static final String AUTOSCALED = """
            {"spec": {"replicas": null,
              "autoscaling": {"minReplicas": 2, "maxReplicas": 4, "connectionsPerPod": %d, "cpuUtilization": 100}}}
            """;
    private static final String FIXED = "{\"spec\": {\"replicas\": 2, \"autoscaling\": null}}";

    private final TestChat chat = TestChat.applied("chatcluster-e2e-scaling", "scaling");
    private final List<CompletableFuture<SendAck>> acks = Collections.synchronizedList(new ArrayList<>());
    private final AtomicInteger sent = new AtomicInteger();

    @AfterEach
    void remove() {
        chat.remove();
    }

    @Test
    @Timeout(value = 20, unit = TimeUnit.MINUTES)
    void shouldLoseNoAcknowledgedMessageWhileScalingUpAndDownUnderManyConnections() {
        // Given
        var users = Crowd.users("u", PEOPLE);
        var rooms = IntStream.range(0, TALKING_ROOMS)
                .mapToObj(room -> room(users, room))
                .toList();
        var said = rooms.stream()
                .map(_ -> (Set<String>) ConcurrentHashMap.<String>newKeySet())
                .toList();
        try (var crowd = Crowd.connected(chat, users);
                var clock = Executors.newSingleThreadScheduledExecutor()) {
            clock.scheduleAtFixedRate(() -> say(crowd, rooms, said), 0, 1, TimeUnit.SECONDS);

            // When
            chat.patch(AUTOSCALED.formatted(PEOPLE / 5));
            await("four pods").atMost(SCALED).until(() -> chat.chatPods().size() == 4);
            await("the autoscaler to see the connections")
                    .atMost(SCALED)
                    .until(() -> connectionsSeenByTheAutoscaler() > 0);
            await("the new pods to have their part of the clients")
                    .atMost(SCALED)
                    .until(() -> leastConnections() > PEOPLE / 8);
            chat.patch(FIXED);
            await("two pods").atMost(SCALED).until(() -> chat.chatPods().size() == 2);
            await("everybody to be back").atMost(SCALED).until(() -> connections() >= PEOPLE);
            clock.close();
            acks.forEach(CompletableFuture::join);

            // Then
            assertThat(acks).hasSizeGreaterThan(TALKING_ROOMS);
            for (int room = 0; room < TALKING_ROOMS; room++) {
                var first = crowd.get(room * ROOM_SIZE);
                var last = crowd.get(room * ROOM_SIZE + ROOM_SIZE - 1);
                Conversation.eachShownOnce(first, rooms.get(room), said.get(room));
                Conversation.eachShownOnce(last, rooms.get(room), said.get(room));
                Conversation.sameForBoth(first, last, rooms.get(room));
            }
            assertThat(crowd.breaches()).isEmpty();
        }
    }

    private String room(List<String> users, int room) {
        var members = users.subList(room * ROOM_SIZE, (room + 1) * ROOM_SIZE);
        return chat.api(members.getFirst())
                .groupRoom("room " + room, members.subList(1, ROOM_SIZE).toArray(String[]::new));
    }

    private void say(Crowd crowd, List<String> rooms, List<Set<String>> said) {
        var number = sent.getAndIncrement();
        for (int room = 0; room < rooms.size(); room++) {
            var id = "m" + number;
            said.get(room).add(id);
            acks.add(crowd.get(room * ROOM_SIZE + number % ROOM_SIZE).send(rooms.get(room), id, "message " + number));
        }
    }

    private int connections() {
        return chat.chatPods().stream().mapToInt(PodStatus::connections).sum();
    }

    private int leastConnections() {
        return chat.chatPods().stream().mapToInt(PodStatus::connections).min().orElse(0);
    }

    private double connectionsSeenByTheAutoscaler() {
        var autoscaler = TestChat.client()
                .autoscaling()
                .v2()
                .horizontalPodAutoscalers()
                .inNamespace(chat.namespace())
                .withName(chat.name() + "-chat")
                .require();
        return autoscaler.getStatus().getCurrentMetrics().stream()
                .map(MetricStatus::getPods)
                .filter(pods -> pods != null && pods.getMetric().getName().equals("chat_connections"))
                .mapToDouble(pods ->
                        pods.getCurrent().getAverageValue().getNumericalAmount().doubleValue())
                .findFirst()
                .orElse(0);
    }
}
