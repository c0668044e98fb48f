package io.chatcluster.chat.operations;

import static org.assertj.core.api.Assertions.assertThat;

import io.chatcluster.chat.media.S3Clients;
import io.chatcluster.chat.services.Settings;
import io.vertx.core.json.JsonObject;
import java.net.URI;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PageRoutesTest {
    @Test
    void shouldTellThePageItsIssuer() {
        // Given
        ChatConfig config = Settings.with(Map.of("chat.auth.web-client-id", "chat-web"));

        // When
        JsonObject page = PageRoutes.configuration(config, "1.2.3");

        // Then
        assertThat(page.getJsonObject("auth"))
                .isEqualTo(new JsonObject()
                        .put("mode", "oidc")
                        .put("issuer", "https://login.example/realm")
                        .put("clientId", "chat-web")
                        .put("scopes", "openid"));
        assertThat(page.getString("version")).isEqualTo("1.2.3");
        assertThat(policy(config, null)).contains("connect-src 'self' https://login.example;");
    }

    @Test
    void shouldLetThePageGetTokensWhereTheIssuerSays() {
        // Given
        ChatConfig config = Settings.with(Map.of("chat.auth.web-client-id", "chat-web"));

        // When
        String policy = policy(config, "https://tokens.example/oauth2/token");

        // Then
        assertThat(policy).contains("connect-src 'self' https://login.example https://tokens.example;");
    }

    @Test
    void shouldTellThePageWhatItMayAttachAndWhere() {
        // Given
        ChatConfig config = Settings.with(Map.of(
                "chat.media.bucket", "chat-media",
                "chat.media.region", "eu-central-1",
                "chat.media.max-object-bytes", "1000",
                "chat.media.allowed-content-types", "image/png,text/plain"));
        ChatConfig elsewhere = Settings.with(Map.of(
                "chat.media.bucket", "chat-media",
                "chat.media.endpoint", "http://s3.internal:9000",
                "chat.media.public-endpoint", "https://media.example"));

        // When
        JsonObject page = PageRoutes.configuration(config, "1.2.3");

        // Then
        assertThat(page.getBoolean("media")).isTrue();
        assertThat(page.getJsonObject("limits").getLong("attachmentBytesMax")).isEqualTo(1_000);
        assertThat(page.getJsonObject("limits").getJsonArray("attachmentTypes").getList())
                .isEqualTo(List.of("image/png", "text/plain"));
        assertThat(policy(config, null))
                .contains("img-src 'self' blob: data: https://chat-media.s3.eu-central-1.amazonaws.com;");
        assertThat(policy(elsewhere, null)).contains("https://media.example;").doesNotContain("s3.internal");
    }

    @Test
    void shouldTellNothingSecretAndNoIssuerOfGeneratedKeys() {
        // Given
        Map<String, String> settings = new HashMap<>();
        settings.put("chat.auth.jwks-file", "/etc/chatcluster/auth/jwks.json");
        settings.put("chat.redis.password-file", "/etc/chatcluster/redis/password");
        settings.put("chat.webhook.url", "https://backend.example/events");
        settings.put("chat.webhook.secret-file", "/etc/chatcluster/webhook/secret");
        ChatConfig config = Settings.with(settings);

        // When
        JsonObject page = PageRoutes.configuration(config, "1.2.3");

        // Then
        assertThat(page.getJsonObject("auth")).isEqualTo(new JsonObject().put("mode", "token"));
        assertThat(page.encode()).doesNotContain("/etc/", "backend.example");
        assertThat(policy(config, null)).contains("connect-src 'self';");
    }

    @ParameterizedTest
    @CsvSource({
        "us-east-1, chat-media, https://chat-media.s3.amazonaws.com",
        "us-east-1, chat.media, https://s3.amazonaws.com",
        "eu-central-1, chat.media, https://s3.eu-central-1.amazonaws.com",
        "cn-north-1, chat-media, https://chat-media.s3.cn-north-1.amazonaws.com.cn"
    })
    void shouldLetThePageReachABucketWhereItsRegionHasIt(String region, String bucket, String origin) {
        // Given
        ChatConfig config = Settings.with(Map.of("chat.media.bucket", bucket, "chat.media.region", region));

        // When
        String policy = policy(config, null);

        // Then
        assertThat(policy)
                .contains("img-src 'self' blob: data: " + origin + ";")
                .contains("connect-src 'self' https://login.example " + origin + ";");
    }

    private static String policy(ChatConfig config, @Nullable String tokenEndpoint) {
        return PageRoutes.policy(
                config, Optional.ofNullable(tokenEndpoint).map(URI::create), S3Clients.address(config));
    }
}
