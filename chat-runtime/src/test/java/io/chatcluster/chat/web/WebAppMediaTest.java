package io.chatcluster.chat.web;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import com.microsoft.playwright.options.FilePayload;
import io.chatcluster.chat.services.RealMedia;
import io.chatcluster.chat.services.S3Server;
import io.chatcluster.chat.services.TestFiles;
import io.chatcluster.chat.session.GeneratedKeys;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import java.net.URI;
import java.util.UUID;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3Client;

@QuarkusTest
@QuarkusTestResource(GeneratedKeys.class)
@QuarkusTestResource(value = RealMedia.class, restrictToAnnotatedClass = true)
class WebAppMediaTest {
    @TestHTTPResource("/")
    URI service = URI.create("unset");

    private final String run = UUID.randomUUID().toString().substring(0, 4);
    private Chromium chromium;
    private Person alice;
    private Person bob;

    @BeforeEach
    void openChat() {
        allowThePageToUpload();
        chromium = new Chromium();
        alice = Person.signedIn(chromium.window(), service, "alice-" + run);
        bob = Person.signedIn(chromium.window(), service, "bob-" + run);
        alice.opensDirectChatWith(bob);
    }

    @AfterEach
    void closeBrowser() {
        chromium.close();
    }

    @Test
    void shouldSendAPictureThatTheOtherSideCanOpen() {
        // When
        alice.page()
                .setInputFiles(
                        "#compose input[type=file]",
                        new FilePayload("sunrise.png", "image/png", TestFiles.picture("png", 640, 480)));
        assertThat(alice.page().locator(".chip.done")).hasText("sunrise.png");
        alice.says("Look at this");

        // Then
        bob.opensChat(alice.name());
        bob.sees("Look at this");
        var picture = bob.messages("Look at this").locator(".picture img");
        assertThat(picture).hasAttribute("alt", "sunrise.png");
        bob.page()
                .waitForFunction("() => { const image = document.querySelector('#messages .picture img');"
                        + " return image?.complete && image.naturalWidth === 640; }");
        picture.click();
        assertThat(bob.page().locator("dialog.viewer")).isVisible();
        Chromium.picture(bob.page(), "viewer");
        bob.page().keyboard().press("Escape");
        assertThat(bob.page().locator("dialog.viewer")).hasCount(0);
        Chromium.picture(bob.page(), "picture");
        Assertions.assertThat(chromium.problems()).isEmpty();
    }

    @Test
    void shouldRefuseWhatTheServiceWouldRefuseAndSayWhy() {
        // When
        alice.page()
                .setInputFiles(
                        "#compose input[type=file]",
                        new FilePayload("big.png", "image/png", new byte[RealMedia.OBJECT_BYTES_MAX + 1]));

        // Then
        assertThat(alice.page().locator("#notice")).containsText("big.png is larger than 4 MB");
        alice.page()
                .setInputFiles(
                        "#compose input[type=file]",
                        new FilePayload("run.exe", "application/x-msdownload", new byte[] {1}));
        assertThat(alice.page().locator("#notice")).containsText("run.exe");
        assertThat(alice.page().locator(".chip")).hasCount(0);
    }

    /** As the operator does for a bucket of its own. */
    private void allowThePageToUpload() {
        try (S3Client client = S3Client.builder()
                .endpointOverride(RealMedia.SERVER.endpoint())
                .region(Region.of(S3Server.REGION))
                .forcePathStyle(true)
                .credentialsProvider(StaticCredentialsProvider.create(AwsBasicCredentials.create("local", "local")))
                .build()) {
            client.putBucketCors(request -> request.bucket(S3Server.BUCKET)
                    .corsConfiguration(cors -> cors.corsRules(rule -> rule.allowedOrigins("*")
                            .allowedMethods("GET", "PUT")
                            .allowedHeaders("*"))));
        }
    }
}
