package io.chatcluster.e2e.harness;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;

/** Two people on two pods who talk to each other for as long as it is open. */
public final class Traffic implements AutoCloseable {
    private static final long PAUSE_MILLIS = 50;

    private final ChatClient alice;
    private final ChatClient bob;
    private final String room;
    private final Set<String> sent = new HashSet<>();
    private final List<CompletableFuture<SendAck>> acks = new ArrayList<>();
    private final Thread talk;
    private volatile boolean stopped;

    private Traffic(ChatClient alice, ChatClient bob, String room) {
        this.alice = alice;
        this.bob = bob;
        this.room = room;
        talk = Thread.ofVirtual().start(this::talk);
    }

    public static Traffic on(TestChat chat) {
        var run = UUID.randomUUID();
        var pods = chat.addresses();
        var room = chat.api("alice-" + run).directRoom("bob-" + run);
        return new Traffic(
                ChatClient.connect(chat.token("alice-" + run), () -> pods.getFirst()),
                ChatClient.connect(chat.token("bob-" + run), () -> pods.getLast()),
                room);
    }

    private void talk() {
        for (int i = 0; !stopped; i++) {
            var id = "m" + i;
            sent.add(id);
            acks.add((i % 2 == 0 ? alice : bob).send(room, id, "message " + i));
            try {
                Thread.sleep(PAUSE_MILLIS);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return;
            }
        }
    }

    /** Ends the talk and waits for the acknowledgements. Returns the ids of all messages. */
    public Set<String> finish() throws InterruptedException {
        stopped = true;
        talk.join();
        acks.forEach(CompletableFuture::join);
        return sent;
    }

    public ChatClient alice() {
        return alice;
    }

    public ChatClient bob() {
        return bob;
    }

    public String room() {
        return room;
    }

    @Override
    public void close() {
        stopped = true;
        alice.close();
        bob.close();
    }
}
