package io.chatcluster.chat.operations;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.smallrye.config.ConfigValidationException;
import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfigBuilder;
import io.smallrye.config.validator.BeanValidationConfigValidator;
import jakarta.validation.Validation;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MediaConfigTest {

    private static final BeanValidationConfigValidator VALIDATOR =
            () -> Validation.buildDefaultValidatorFactory().getValidator();

    @Test
    void shouldHaveNoBucketAndAllowNothingThatRunsScriptsByDefault() {
        // When
        ChatConfig.Media media = media(Map.of());

        // Then
        assertThat(media.bucket()).isEmpty();
        assertThat(media.maxObjectBytes()).isEqualTo(100L << 20);
        assertThat(media.allowedContentTypes())
                .contains("image/png", "video/mp4", "audio/mpeg", "application/pdf", "text/plain", "application/zip")
                // As Windows and Chromium name what is in the list under another name.
                .contains("application/x-zip-compressed", "audio/x-m4a")
                .doesNotContain("image/svg+xml", "text/html", "application/xhtml+xml");
    }

    @Test
    void shouldAllowOnlyTheTypesThatAreConfigured() {
        // When
        ChatConfig.Media media = media(Map.of("chat.media.allowed-content-types[0]", "image/png"));

        // Then
        assertThat(media.allowedContentTypes()).containsExactly("image/png");
    }

    @ParameterizedTest
    @CsvSource({
        "chat.media.bucket, No_Bucket",
        "chat.media.max-object-bytes, 0",
        "chat.media.max-object-bytes, 5368709121",
        "chat.media.allowed-content-types[0], image/*",
        "chat.media.uploads-per-minute, 0"
    })
    void shouldNameTheKeyThatIsWrong(String key, String value) {
        // When
        // Then
        assertThatThrownBy(() -> media(Map.of(key, value)))
                .isInstanceOf(ConfigValidationException.class)
                .hasMessageContaining(key);
    }

    private static ChatConfig.Media media(Map<String, String> properties) {
        Map<String, String> all = new HashMap<>(Map.of(
                "chat.pod", "test",
                "chat.dynamodb.region", "local",
                "chat.dynamodb.table-prefix", "t-",
                "chat.redis.shards[0]", "127.0.0.1:6379",
                "chat.auth.issuer", "https://login.example/realm",
                "chat.auth.jwks-file", "none"));
        all.putAll(properties);
        return new SmallRyeConfigBuilder()
                .addDiscoveredConverters()
                .withValidator(VALIDATOR)
                .withMapping(ChatConfig.class)
                .withSources(new PropertiesConfigSource(all, "test", 100))
                .build()
                .getConfigMapping(ChatConfig.class)
                .media();
    }
}
