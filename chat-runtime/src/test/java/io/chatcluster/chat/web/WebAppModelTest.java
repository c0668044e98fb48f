package io.chatcluster.chat.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Runs the tests of what the web app does without showing it: they need no browser. */
class WebAppModelTest {
    private static final Path TESTS = Path.of("src/test/web/app");

    @Test
    void shouldPassItsOwnTests() throws IOException {
        // Given
        List<String> arguments = new ArrayList<>(List.of("--test", "--test-reporter=spec"));
        try (Stream<Path> files = Files.list(TESTS)) {
            files.map(Path::toString)
                    .filter(file -> file.endsWith(".test.ts"))
                    .sorted()
                    .forEach(arguments::add);
        }

        // When
        TypeScriptCompiler.Outcome outcome = TypeScriptCompiler.node(Path.of("."), arguments);

        // Then
        assertThat(outcome.status()).as(outcome.output()).isZero();
        assertThat(outcome.output()).containsPattern("tests [1-9]").contains("skipped 0");
    }
}
