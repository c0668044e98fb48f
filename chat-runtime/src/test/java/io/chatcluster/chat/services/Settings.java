package io.chatcluster.chat.services;

import io.chatcluster.chat.operations.ChatConfig;
import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfigBuilder;
import io.smallrye.config.validator.BeanValidationConfigValidatorImpl;
import java.util.HashMap;
import java.util.Map;

/** A configuration with what is required, and what a test adds. */
public final class Settings {
    private static final Map<String, String> REQUIRED = Map.of(
            "chat.pod", "test",
            "chat.dynamodb.region", "local",
            "chat.dynamodb.table-prefix", "unused-",
            "chat.redis.shards[0]", "127.0.0.1:1",
            "chat.auth.issuer", "https://login.example/realm");

    private Settings() {}

    public static ChatConfig with(Map<String, String> settings) {
        Map<String, String> all = new HashMap<>(REQUIRED);
        all.putAll(settings);
        return new SmallRyeConfigBuilder()
                .addDiscoveredConverters()
                .withValidator(new BeanValidationConfigValidatorImpl())
                .withMapping(ChatConfig.class)
                .withSources(new PropertiesConfigSource(all, "test", 100))
                .build()
                .getConfigMapping(ChatConfig.class);
    }
}
