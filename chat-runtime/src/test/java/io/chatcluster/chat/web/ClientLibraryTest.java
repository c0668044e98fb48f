package io.chatcluster.chat.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Runs the TypeScript client's own tests: a scripted service takes it through every branch of reconnecting and resuming. */
class ClientLibraryTest {
    private static final Path TESTS = Path.of("src/test/web/client");
    /** What connects, comes back, resumes, sends, keeps and shows. */
    private static final List<String> COVERED = List.of(
            "session",
            "wire",
            "backoff",
            "outbox",
            "history",
            "client",
            "emitter",
            "timeline",
            "ranges",
            "room",
            "archive",
            "following",
            "markers",
            "storage",
            "token");

    private static final int BRANCHES_PERCENT_MIN = 97;
    private static final int LINES_PERCENT_MIN = 99;

    @Test
    void shouldPassItsOwnTestsThroughEveryBranchOfReconnect() throws IOException {
        // Given
        List<String> arguments = new ArrayList<>(List.of(
                "--experimental-test-coverage",
                "--test-coverage-branches=" + BRANCHES_PERCENT_MIN,
                "--test-coverage-lines=" + LINES_PERCENT_MIN));
        COVERED.forEach(name -> arguments.add("--test-coverage-include=src/main/web/client/" + name + ".ts"));

        // When
        TypeScriptCompiler.Outcome outcome = TypeScriptCompiler.tests(TESTS, arguments);

        // Then
        assertThat(outcome.status()).as(outcome.output()).isZero();
        assertThat(outcome.output()).containsPattern("tests [1-9]").contains("skipped 0");
    }
}
