package io.chatcluster.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.chatcluster.e2e.harness.ApiServerInUse;
import io.chatcluster.e2e.harness.OnTheSampleChat;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Runs the README's commands as written. A block under {@code <!-- run -->} is run from the top of the checkout; in one under
 * {@code <!-- dry run -->}, which is for another cluster than this, the API server checks each {@code kubectl} write without
 * carrying it out. Blocks under neither hold only the commands that bring these tests about.
 */
@OnTheSampleChat
@ExtendWith(ApiServerInUse.class)
class ReadmeIT {
    private static final Path ROOT = Path.of("..").toAbsolutePath().normalize();
    private static final Pattern BLOCK =
            Pattern.compile("(?:<!-- ([a-z ]+) -->\\n *)?```sh\\n(.*?)```", Pattern.DOTALL);
    private static final Pattern KUBECTL_WRITE = Pattern.compile("^( *)kubectl (apply|create)", Pattern.MULTILINE);
    private static final Set<String> RUN_BY_CI = Set.of("make up", "make test", "make down");
    private static final long TIMEOUT_MINUTES = 10;

    static Stream<String> commands() throws IOException {
        return blocks().stream().filter(block -> block.group(1) != null).map(ReadmeIT::script);
    }

    @ParameterizedTest
    @MethodSource("commands")
    void shouldWorkAsWritten(String script) throws IOException, InterruptedException {
        // Given
        var output = Files.createTempFile(Path.of("target"), "readme", ".log");
        var process = new ProcessBuilder("bash", "-euo", "pipefail", "-c", script)
                .directory(ROOT.toFile())
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start();

        // When
        var ended = process.waitFor(TIMEOUT_MINUTES, TimeUnit.MINUTES);

        // Then
        assertThat(ended).as("ended in time:\n" + Files.readString(output)).isTrue();
        assertThat(process.exitValue()).as(Files.readString(output)).isZero();
    }

    @Test
    void shouldHoldNoCommandThatNothingRuns() throws IOException {
        // Given
        var unmarked = blocks().stream().filter(block -> block.group(1) == null);

        // When
        var commands = unmarked.flatMap(block -> block.group(2).lines())
                .map(line -> line.replaceFirst("\\s+#.*", "").strip())
                .filter(line -> !line.isEmpty());

        // Then
        assertThat(commands).isNotEmpty().allMatch(RUN_BY_CI::contains);
    }

    private static List<MatchResult> blocks() throws IOException {
        return BLOCK.matcher(Files.readString(ROOT.resolve("README.md")))
                .results()
                .toList();
    }

    private static String script(MatchResult block) {
        return switch (block.group(1)) {
            case "run" -> block.group(2);
            case "dry run" -> KUBECTL_WRITE.matcher(block.group(2)).replaceAll("$1kubectl $2 --dry-run=server");
            default -> throw new IllegalStateException("README.md: unknown mark <!-- " + block.group(1) + " -->");
        };
    }
}
