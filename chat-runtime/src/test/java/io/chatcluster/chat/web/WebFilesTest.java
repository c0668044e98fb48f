package io.chatcluster.chat.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.matchesPattern;
import static org.hamcrest.Matchers.not;

import io.chatcluster.chat.session.GeneratedKeys;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(GeneratedKeys.class)
class WebFilesTest {
    private static final int FIRST_SCREEN_BYTES_MAX = 60_000;
    private static final Pattern SCRIPT = Pattern.compile("src=\"(/static/bundle/[^\"]+\\.js)\"");
    private static final Pattern STYLE = Pattern.compile("href=\"(/static/bundle/[^\"]+\\.css)\"");
    private static final Pattern STATIC_IMPORT = Pattern.compile("(?:from|import)\\s*\"(/static/bundle/[^\"]+\\.js)\"");

    @Test
    void shouldNeedLessThan60KilobytesOfScriptForTheFirstScreen() throws IOException {
        // When
        int bytes = 0;
        for (String script : firstScreen().values()) {
            bytes += compressed(script);
        }

        // Then
        assertThat(bytes).isPositive().isLessThan(FIRST_SCREEN_BYTES_MAX);
    }

    @Test
    void shouldLetAnybodyKeepFilesWithAHashForGood() {
        firstScreen()
                .keySet()
                .forEach(path -> RestAssured.get(path)
                        .then()
                        .statusCode(200)
                        .header("Cache-Control", equalTo("public, max-age=31536000, immutable"))
                        .header("X-Content-Type-Options", "nosniff"));
    }

    @Test
    void shouldLetNobodyKeepThatAFileWithAHashIsMissing() {
        for (String path : new String[] {"/static/bundle/app-ABCDEFGH.js", "/static/bundle/other.js"}) {
            RestAssured.get(path).then().statusCode(404).header("Cache-Control", "no-store");
        }
    }

    @Test
    void shouldAskAgainForFilesThatKeepTheirName() {
        for (String path : new String[] {"/", "/sw.js", "/client.js", "/manifest.webmanifest", "/icon-192.png"}) {
            RestAssured.get(path).then().statusCode(200).header("Cache-Control", "no-cache");
        }
    }

    @Test
    void shouldServeTheClientLibraryAtAStablePath() {
        RestAssured.get("/client.js")
                .then()
                .contentType(containsString("javascript"))
                .body(containsString("/static/bundle/client.js"));
        RestAssured.get("/static/bundle/client.js")
                .then()
                .statusCode(200)
                .contentType(containsString("javascript"))
                .body(containsString("ChatClient"), containsString("IndexedDbStorage"));
    }

    @Test
    void shouldHaveNothingInline() {
        RestAssured.get("/")
                .then()
                .body(not(containsString("style=")), not(containsString("<style")), not(containsString("<script>")));
    }

    @Test
    void shouldSayWhatToDoWhereTheScriptDoesNotCome() {
        RestAssured.get("/")
                .then()
                .body(
                        containsString("If nothing appears, <a href=\"\">reload this page</a>."),
                        containsString("<noscript>This page needs JavaScript.</noscript>"));
    }

    @Test
    void shouldSaySoAfterAWhileAloneWhereThePageIsOnItsWay() {
        // Given
        Matcher style = STYLE.matcher(RestAssured.get("/").asString());
        assertThat(style.find()).isTrue();

        // Then
        RestAssured.get(style.group(1))
                .then()
                .body(
                        matchesPattern("(?s).*\\.starting\\s*\\{[^}]*animation:[^};]*4s[^};]*backwards.*"),
                        matchesPattern("(?s).*scripting:\\s*none.*"));
    }

    /** The scripts that the page loads before anything is clicked, by path. */
    private static Map<String, String> firstScreen() {
        Map<String, String> scripts = new LinkedHashMap<>();
        ArrayDeque<String> waiting = new ArrayDeque<>();
        Matcher entry = SCRIPT.matcher(RestAssured.get("/").asString());
        while (entry.find()) {
            waiting.add(entry.group(1));
        }
        while (!waiting.isEmpty()) {
            String path = waiting.remove();
            if (!scripts.containsKey(path)) {
                String script = RestAssured.get(path).asString();
                scripts.put(path, script);
                Matcher imported = STATIC_IMPORT.matcher(script);
                while (imported.find()) {
                    waiting.add(imported.group(1));
                }
            }
        }
        return scripts;
    }

    private static int compressed(String script) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(bytes)) {
            gzip.write(script.getBytes(java.nio.charset.StandardCharsets.UTF_8));
        }
        return bytes.size();
    }
}
