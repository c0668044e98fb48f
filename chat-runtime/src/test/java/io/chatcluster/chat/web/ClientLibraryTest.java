package io.chatcluster.chat.web;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.impl.driver.Driver;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/**
 * Runs the TypeScript client's own tests. Playwright brings a Node that runs TypeScript as it is, so a checkout needs Maven
 * alone.
 */
class ClientLibraryTest {
    private static final Path TESTS = Path.of("src/test/web/client");

    @Test
    void shouldPassItsOwnTests() throws IOException, InterruptedException {
        // Given
        List<String> command = new ArrayList<>(List.of(node(), "--test", "--test-reporter=spec"));
        try (var files = Files.list(TESTS)) {
            files.map(Path::toString)
                    .filter(file -> file.endsWith(".test.ts"))
                    .sorted()
                    .forEach(command::add);
        }

        // When
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String report = new String(process.getInputStream().readAllBytes());

        // Then
        assertThat(process.waitFor()).as(report).isZero();
        assertThat(report).containsPattern("tests [1-9]").contains("skipped 0");
    }

    private static String node() {
        return Driver.ensureDriverInstalled(Map.of("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1"), false)
                .createProcessBuilder()
                .command()
                .get(0);
    }
}
