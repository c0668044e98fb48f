package io.chatcluster.chat.session;

import io.chatcluster.chat.services.WebhookReceiver;
import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Small limits, short pings, a page of another origin and a back end that hears of messages. */
public class EdgeSettings implements QuarkusTestResourceLifecycleManager {
    static final String PAGE = "https://app.example";
    static final int CONNECTIONS_MAX = 12;
    static final int ROOMS_PER_CONNECTION = 3;
    static final int ACCEPTS_PER_SECOND = 40;
    static final int UNAUTHENTICATED_MAX = 4;
    static final int UNAUTHENTICATED_CHARS_MAX = 20_000;

    /** The back end that the service under test tells. */
    static volatile @Nullable WebhookReceiver receiver;

    @Override
    public int order() {
        return 10;
    }

    @Override
    public Map<String, String> start() {
        WebhookReceiver started = new WebhookReceiver();
        receiver = started;
        Map<String, String> settings = new HashMap<>();
        settings.put("chat.limits.connections-max", Integer.toString(CONNECTIONS_MAX));
        settings.put("chat.limits.rooms-per-connection", Integer.toString(ROOMS_PER_CONNECTION));
        settings.put("chat.session.unauthenticated-max", Integer.toString(UNAUTHENTICATED_MAX));
        settings.put("chat.session.unauthenticated-chars-max", Integer.toString(UNAUTHENTICATED_CHARS_MAX));
        settings.put("chat.session.accepts-per-second", Integer.toString(ACCEPTS_PER_SECOND));
        settings.put("chat.session.connect-timeout", "20s");
        settings.put("chat.session.ping-interval", "5s");
        settings.put("chat.session.outbound-chars-max", "300000");
        settings.put("chat.drain.timeout", "20s");
        settings.put("chat.allowed-origins", PAGE);
        settings.put("chat.auth.token-url", "https://backend.example/chat-token");
        settings.put("chat.webhook.url", started.url().toString());
        settings.put("chat.webhook.secret-file", WebhookReceiver.secretFile().toString());
        return settings;
    }

    @Override
    public void stop() {
        WebhookReceiver running = receiver;
        if (running != null) {
            running.close();
        }
    }
}
