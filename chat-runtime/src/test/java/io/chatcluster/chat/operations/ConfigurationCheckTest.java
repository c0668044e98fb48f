package io.chatcluster.chat.operations;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.chatcluster.chat.services.Settings;
import io.smallrye.config.ConfigValidationException;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ConfigurationCheckTest {
    @ParameterizedTest
    @CsvSource({
        "chat.limits.messages-per-seconds, 5",
        "chat.auth.isuer, https://login.example",
        "chat.typing, true",
        "chat.limits.messages-per-second, many",
        "chat.drain.timeout, soon"
    })
    void shouldNameAKeyThatIsUnknownOrCannotBeRead(String key, String value) {
        // Then
        assertThatThrownBy(() -> Settings.with(Map.of(key, value)))
                .isInstanceOf(ConfigValidationException.class)
                .hasMessageContaining(key);
    }

    @Test
    void shouldNameTheRequiredKeyThatIsMissing() {
        // Then
        assertThatThrownBy(() -> Settings.with(Map.of("chat.webhook.url", "https://backend.example/events")))
                .isInstanceOf(ConfigValidationException.class)
                .hasMessageContaining("chat.webhook.secret-file");
    }

    @ParameterizedTest
    @CsvSource({
        "chat.limits.message-bytes-max, 0",
        "chat.limits.messages-per-second, 0",
        "chat.auth.issuer, my issuer",
        "chat.auth.algorithms, HS256",
        "chat.auth.algorithms, none",
        "chat.allowed-origins, https://app.example/path"
    })
    void shouldRefuseValuesOutOfTheirBounds(String key, String value) {
        // Then
        assertThatThrownBy(() -> Settings.with(Map.of(key, value)))
                .isInstanceOf(ConfigValidationException.class)
                .hasMessageContaining(key);
    }

    @ParameterizedTest
    @CsvSource({
        "chat.drain.timeout, 0s",
        "chat.auth.jwks-uri, ftp://login.example/keys",
        "chat.auth.token-url, https://backend.example/token"
    })
    void shouldNameTheKeyThatContradictsOthers(String key, String value) {
        // Then
        assertThat(ConfigurationCheck.problems(Settings.with(Map.of(key, value))))
                .singleElement()
                .asString()
                .startsWith(key + ":");
    }

    @Test
    void shouldNotMixAnIssuersSettingsWithGeneratedKeys() {
        // When
        var problems = ConfigurationCheck.problems(Settings.with(Map.of(
                "chat.auth.jwks-file", "/keys.json",
                "chat.auth.jwks-uri", "https://login.example/keys",
                "chat.auth.web-client-id", "chat-web")));

        // Then
        assertThat(problems).hasSize(2);
        assertThat(problems.get(0)).startsWith("chat.auth.jwks-uri:");
        assertThat(problems.get(1)).startsWith("chat.auth.web-client-id:");
    }

    @Test
    void shouldAcceptWhatIsComplete() {
        // Given
        ChatConfig config = Settings.with(Map.of());

        // Then
        assertThat(ConfigurationCheck.problems(config)).isEmpty();
    }
}
