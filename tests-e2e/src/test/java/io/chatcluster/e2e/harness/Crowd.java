package io.chatcluster.e2e.harness;

import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;

/** Many people at once, each connected to a pod of chance, as behind a load balancer. */
public final class Crowd implements AutoCloseable {
    private static final int CONNECTING_AT_ONCE = 16;
    private static final Duration REFRESH = Duration.ofSeconds(1);

    private final TestChat chat;
    private final AtomicReference<Addresses> known = new AtomicReference<>(new Addresses(List.of(), 0));
    private final List<ChatClient> clients;

    private record Addresses(List<URI> pods, long nanoTime) {}

    private Crowd(TestChat chat, List<String> users) {
        this.chat = chat;
        this.clients = connect(users);
    }

    /** Connects one client for each user. */
    public static Crowd connected(TestChat chat, List<String> users) {
        return new Crowd(chat, users);
    }

    private List<ChatClient> connect(List<String> users) {
        var mint = chat.minter();
        var connected = new ArrayList<ChatClient>();
        try (var threads = Executors.newFixedThreadPool(CONNECTING_AT_ONCE)) {
            var waiting = users.stream()
                    .map(user -> threads.submit(() -> ChatClient.connect(mint.apply(user), this::anyPod)))
                    .toList();
            for (Future<ChatClient> one : waiting) {
                connected.add(one.get());
            }
        } catch (java.util.concurrent.ExecutionException e) {
            throw new AssertionError("somebody of the crowd cannot connect", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError("interrupted", e);
        }
        return List.copyOf(connected);
    }

    public ChatClient get(int index) {
        return clients.get(index);
    }

    /** What the server broke of its promises to anybody. */
    public List<String> breaches() {
        return clients.stream().flatMap(client -> client.breaches().stream()).toList();
    }

    private URI anyPod() {
        var current = known.get();
        if (current.pods().isEmpty() || System.nanoTime() - current.nanoTime() > REFRESH.toNanos()) {
            current = new Addresses(chat.addresses(), System.nanoTime());
            known.set(current);
        }
        if (current.pods().isEmpty()) {
            throw new IllegalStateException("no pod takes traffic");
        }
        return current.pods()
                .get(ThreadLocalRandom.current().nextInt(current.pods().size()));
    }

    public static List<String> users(String prefix, int count) {
        return IntStream.range(0, count).mapToObj(index -> prefix + index).toList();
    }

    @Override
    public void close() {
        clients.parallelStream().forEach(ChatClient::close);
    }
}
