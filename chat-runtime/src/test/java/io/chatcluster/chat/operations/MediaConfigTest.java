package io.chatcluster.chat.operations;

import static org.assertj.core.api.Assertions.assertThat;

import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

class MediaConfigTest {

    @Test
    void shouldHaveNoBucketAndAllowNothingThatRunsScriptsByDefault() {
        // When
        ChatConfig.Media media = media(Map.of());

        // Then
        assertThat(media.bucket()).isEmpty();
        assertThat(media.maxObjectBytes()).isEqualTo(100L << 20);
        assertThat(media.allowedContentTypes())
                .contains("image/png", "video/mp4", "audio/mpeg", "application/pdf", "text/plain", "application/zip")
                .doesNotContain("image/svg+xml", "text/html", "application/xhtml+xml");
    }

    @Test
    void shouldAllowOnlyTheTypesThatAreConfigured() {
        // When
        ChatConfig.Media media = media(Map.of("chat.media.allowed-content-types[0]", "image/png"));

        // Then
        assertThat(media.allowedContentTypes()).containsExactly("image/png");
    }

    private static ChatConfig.Media media(Map<String, String> properties) {
        Map<String, String> all = new HashMap<>(Map.of(
                "chat.pod", "test",
                "chat.dynamodb.region", "local",
                "chat.dynamodb.table-prefix", "t-",
                "chat.redis.shards[0]", "127.0.0.1:6379",
                "chat.auth.issuer", "test",
                "chat.auth.jwks-file", "none"));
        all.putAll(properties);
        return new SmallRyeConfigBuilder()
                .addDiscoveredConverters()
                .withMapping(ChatConfig.class)
                .withSources(new PropertiesConfigSource(all, "test", 100))
                .build()
                .getConfigMapping(ChatConfig.class)
                .media();
    }
}
