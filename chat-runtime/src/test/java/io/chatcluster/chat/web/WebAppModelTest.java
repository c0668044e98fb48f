package io.chatcluster.chat.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Runs the tests of what the web app does without showing it: they need no browser. */
class WebAppModelTest {
    private static final Path TESTS = Path.of("src/test/web/app");

    @Test
    void shouldPassItsOwnTests() throws IOException {
        // When
        TypeScriptCompiler.Outcome outcome = TypeScriptCompiler.tests(TESTS, List.of());

        // Then
        assertThat(outcome.status()).as(outcome.output()).isZero();
        assertThat(outcome.output()).containsPattern("tests [1-9]").contains("skipped 0");
    }
}
