package io.chatcluster.chat.histories;

import static org.assertj.core.api.Assertions.assertThat;

import io.chatcluster.chat.message.Ack;
import io.chatcluster.chat.protocol.ChatException;
import io.chatcluster.chat.room.Role;
import io.chatcluster.chat.room.RoomId;
import io.chatcluster.chat.room.UserId;
import io.chatcluster.chat.services.Pod;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;

/** One history: steps that its seed decides, of which each is written down before it is taken. */
final class RandomHistory {

    private static final UserId ALICE = new UserId("alice");
    private static final UserId BOB = new UserId("bob");
    private static final UserId CAROL = new UserId("carol");
    private static final int STEPS_MIN = 15;
    private static final int STEPS_MAX = 60;
    private static final int RESENDS_MAX = 20;

    /** A message that was sent, maybe more than once, under one client message id. */
    static final class Sent {
        final UserId from;
        final int pod;
        CompletableFuture<Ack> ack;
        boolean repeated;

        Sent(UserId from, int pod, CompletableFuture<Ack> ack) {
            this.from = from;
            this.pod = pod;
            this.ack = ack;
        }
    }

    final List<String> steps = new ArrayList<>();
    final Map<String, Sent> sent = new LinkedHashMap<>();
    final Map<String, CompletableFuture<Long>> changes = new LinkedHashMap<>();
    final List<Device> devices = List.of(
            new Device(ALICE, "alice's phone"),
            new Device(ALICE, "alice's laptop"),
            new Device(BOB, "bob's phone"),
            new Device(CAROL, "carol's phone"));
    /** How much carol had been told when she was removed, each time. */
    final List<Integer> carolHad = new ArrayList<>();

    private final Cluster cluster;
    private final Random random;
    private final RoomId room;
    private boolean carolIsMember;

    RandomHistory(Cluster cluster, long seed) {
        this.cluster = cluster;
        this.random = new Random(seed);
        this.room = cluster.pod(0).rooms.group(ALICE, "room", List.of(BOB)).id();
    }

    RoomId room() {
        return room;
    }

    Pod anyPod() {
        return cluster.pod(random.nextInt(Cluster.PODS));
    }

    void takeSteps() {
        int count = random.nextInt(STEPS_MIN, STEPS_MAX);
        for (int i = 0; i < count; i++) {
            step(i, random.nextInt(Cluster.PODS), random.nextInt(1_000));
        }
        say("everybody waits and repeats what was not answered");
        cluster.forgetFaults();
        settle();
    }

    private void step(int number, int pod, int dice) {
        if (dice < 430) {
            send("m" + number, pod);
        } else if (dice < 530) {
            change("edit", number, pod);
        } else if (dice < 570) {
            change("delete", number, pod);
        } else if (dice < 680) {
            change("react", number, pod);
        } else if (dice < 790) {
            connect(pod);
        } else if (dice < 860) {
            disconnect();
        } else if (dice < 910) {
            toggleCarol(pod);
        } else if (dice < 945) {
            int answers = random.nextInt(1, 3);
            say("pod " + pod + " loses the answers of " + answers + " puts");
            cluster.pod(pod).faults.loseAnswersOfPuts(answers);
        } else if (dice < 975) {
            settle();
        } else if (dice < 988) {
            losePod(pod);
        } else {
            say("Redis goes away or comes back");
            cluster.toggleRedis();
        }
    }

    private void say(String step) {
        steps.add(step);
    }

    private UserId writer() {
        return random.nextInt(3) == 0 && carolIsMember ? CAROL : random.nextBoolean() ? ALICE : BOB;
    }

    private void send(String id, int pod) {
        UserId from = writer();
        say(from + " sends " + id + " through pod " + pod);
        Sent first = new Sent(from, pod, start(() -> cluster.pod(pod).send(from, room, id)));
        sent.put(id, first);
        if (random.nextInt(8) == 0) {
            int other = random.nextInt(Cluster.PODS);
            say(from + " sends " + id + " again through pod " + other);
            CompletableFuture<Ack> before = first.ack;
            first.repeated = true;
            first.ack = start(() -> cluster.pod(other).send(from, room, id)).thenCombine(before, (again, once) -> {
                assertThat(again.seq()).as("the resend of %s", id).isEqualTo(once.seq());
                return once;
            });
        }
    }

    private void change(String kind, int number, int pod) {
        List<Sent> done = sent.values().stream()
                .filter(message -> message.ack.isDone() && !message.ack.isCompletedExceptionally())
                .toList();
        if (done.isEmpty()) {
            return;
        }
        Sent target = done.get(random.nextInt(done.size()));
        long seq = target.ack.join().seq();
        UserId user = kind.equals("react") ? writer() : target.from;
        String emoji = "e" + random.nextInt(4);
        boolean remove = random.nextInt(3) == 0;
        if (user.equals(CAROL) && !carolIsMember) {
            return;
        }
        String name = kind + number;
        say(user + " does " + name + " to " + seq + " through pod " + pod);
        changes.put(name, start(() -> switch (kind) {
            case "edit" -> cluster.pod(pod).changes.edit(user, room, seq, name);
            case "delete" -> cluster.pod(pod).changes.delete(user, room, seq);
            default -> cluster.pod(pod).changes.react(user, room, seq, emoji, remove);
        }));
    }

    /** Refusals come as exceptions where it is called, or as the future's: here always as the latter. */
    private static <T> CompletableFuture<T> start(Supplier<? extends CompletionStage<T>> call) {
        try {
            return call.get().toCompletableFuture();
        } catch (ChatException refused) {
            return CompletableFuture.failedFuture(refused);
        }
    }

    private void connect(int pod) {
        Device device = devices.get(random.nextInt(devices.size()));
        if (!device.connected() && (!device.user.equals(CAROL) || carolIsMember)) {
            say(device + " connects to pod " + pod + " with " + device.count() + " events");
            device.connect(cluster.pod(pod), pod, room);
        }
    }

    private void disconnect() {
        Device device = devices.get(random.nextInt(devices.size()));
        device.disconnect();
        say(device + " disconnects with " + device.count() + " events");
    }

    private void toggleCarol(int pod) {
        cluster.forgetFaults();
        // What she does is over before she may not do it any more.
        settle();
        if (carolIsMember) {
            say("carol is removed through pod " + pod);
            cluster.pod(pod).rooms.removeMember(ALICE, room, CAROL);
            devices.getLast().disconnect();
            carolHad.add(devices.getLast().count());
        } else {
            say("carol is added through pod " + pod);
            cluster.pod(pod).rooms.putMember(ALICE, room, CAROL, Role.MEMBER);
        }
        carolIsMember = !carolIsMember;
    }

    private void losePod(int pod) {
        say("pod " + pod + " is lost");
        devices.stream().filter(device -> device.connectedTo(pod)).forEach(Device::disconnect);
        cluster.losePod(pod);
    }

    /** Waits for every answer; what failed is sent again under the same id, as clients do. */
    private void settle() {
        say("all answers are waited for");
        sent.forEach((id, message) -> {
            for (int i = 0; failed(message.ack); i++) {
                assertThat(i).as("resends of %s", id).isLessThan(RESENDS_MAX);
                message.repeated = true;
                message.ack = start(() -> anyPod().send(message.from, room, id));
            }
        });
        changes.values().forEach(RandomHistory::failed);
    }

    private static boolean failed(CompletableFuture<?> answer) {
        try {
            answer.join();
            return false;
        } catch (CompletionException e) {
            if (e.getCause() instanceof AssertionError wrong) {
                throw wrong;
            }
            return true;
        }
    }
}
