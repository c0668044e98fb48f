package io.chatcluster.chat.operations;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.util.List;
import org.junit.jupiter.api.Test;

class ContentSecurityPolicyTest {
    @Test
    void shouldAllowOnlyTheServiceItselfWithoutFurtherConfiguration() {
        // When
        String policy = ContentSecurityPolicy.of(List.of(), List.of());

        // Then
        assertThat(policy)
                .contains(
                        "default-src 'none'",
                        "script-src 'self';",
                        "connect-src 'self';",
                        "manifest-src 'self';",
                        "frame-ancestors 'none'")
                .contains("img-src 'self' blob: data:;")
                .doesNotContain("unsafe");
    }

    @Test
    void shouldAddTheOriginsOfIdentityAndMediaWhereTheyAreNeeded() {
        // When
        String policy = ContentSecurityPolicy.of(
                List.of(URI.create("https://login.example:8443/realms/chat"), URI.create("/token")),
                List.of(URI.create("https://media.example/bucket")));

        // Then
        assertThat(policy)
                .contains("connect-src 'self' https://login.example:8443 https://media.example;")
                .contains("img-src 'self' blob: data: https://media.example;")
                .contains("media-src 'self' blob: data: https://media.example;")
                .contains("script-src 'self';");
    }
}
