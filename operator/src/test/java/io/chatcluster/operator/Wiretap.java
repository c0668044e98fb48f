package io.chatcluster.operator;

import io.fabric8.kubernetes.client.http.BasicBuilder;
import io.fabric8.kubernetes.client.http.HttpRequest;
import io.fabric8.kubernetes.client.http.Interceptor;
import java.net.URI;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;

/** Stands between a client and the API server: writes down what the client writes, and can do something first or cut the line. */
final class Wiretap implements Interceptor {
    private static final URI NOWHERE = URI.create("https://127.0.0.1:1/");

    private final List<String> writes = new CopyOnWriteArrayList<>();
    private volatile Consumer<String> first = write -> {};
    private volatile boolean cut;

    /** Method and path of every write so far. */
    List<String> writes() {
        return List.copyOf(writes);
    }

    /** Has this done before each write is sent. */
    void beforeWrites(Consumer<String> action) {
        first = action;
    }

    void cut() {
        cut = true;
    }

    @Override
    public void before(BasicBuilder request, HttpRequest original, RequestTags tags) {
        if (cut) {
            request.uri(NOWHERE);
        } else if (!original.method().equals("GET")) {
            var write = original.method() + " " + original.uri().getPath();
            writes.add(write);
            first.accept(write);
        }
    }
}
