package io.chatcluster.chat.operations;

import io.quarkus.runtime.StartupEvent;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Refuses to start with settings that contradict each other, besides what the constraints of {@link ChatConfig} refuse and keys
 * under {@code chat.} that nobody reads, which end the start as well. Every problem begins with the key at fault.
 */
@ApplicationScoped
public class ConfigurationCheck {
    private final ChatConfig config;

    @Inject
    public ConfigurationCheck(ChatConfig config) {
        this.config = config;
    }

    void start(@Observes @Priority(1) StartupEvent event) {
        List<String> problems = problems(config);
        if (!problems.isEmpty()) {
            throw new IllegalStateException("The configuration cannot be used: " + String.join("; ", problems));
        }
    }

    static List<String> problems(ChatConfig config) {
        List<String> problems = new ArrayList<>();
        ChatConfig.Auth auth = config.auth();
        if (auth.jwksFile().isPresent()) {
            forbid(problems, "chat.auth.jwks-uri", auth.jwksUri());
            forbid(problems, "chat.auth.web-client-id", auth.webClientId());
        } else {
            forbidWithoutFile(problems, "chat.auth.token-url", auth.tokenUrl());
        }
        auth.jwksUri().ifPresent(uri -> requireAddress(problems, "chat.auth.jwks-uri", uri));
        if (config.redis().shards().isPresent() == config.redis().shardsFile().isPresent()) {
            problems.add("chat.redis.shards: exactly one of it and chat.redis.shards-file must be set");
        }
        if (config.redis().credentialsFile().isPresent()
                && config.redis().passwordFile().isPresent()) {
            problems.add("chat.redis.password-file: has no meaning together with chat.redis.credentials-file");
        }
        config.webhook().ifPresent(webhook -> requireAddress(problems, "chat.webhook.url", webhook.url()));
        if (config.drain().timeout().compareTo(Duration.ZERO) <= 0) {
            problems.add("chat.drain.timeout: must be above 0");
        }
        return problems;
    }

    private static void forbid(List<String> problems, String key, Optional<?> value) {
        if (value.isPresent()) {
            problems.add(key + ": has no meaning together with chat.auth.jwks-file");
        }
    }

    private static void forbidWithoutFile(List<String> problems, String key, Optional<?> value) {
        if (value.isPresent()) {
            problems.add(key + ": has no meaning without chat.auth.jwks-file");
        }
    }

    private static void requireAddress(List<String> problems, String key, URI address) {
        boolean http = "http".equals(address.getScheme()) || "https".equals(address.getScheme());
        if (!http || address.getHost() == null) {
            problems.add(key + ": must be an http or https address");
        }
    }
}
