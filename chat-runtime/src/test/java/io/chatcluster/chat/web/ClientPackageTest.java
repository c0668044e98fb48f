package io.chatcluster.chat.web;

import static org.assertj.core.api.Assertions.assertThat;

import io.chatcluster.chat.session.GeneratedKeys;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import java.io.BufferedReader;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The examples of the READMEs, as they stand there, with the package as npm would install it. */
@QuarkusTest
@QuarkusTestResource(GeneratedKeys.class)
class ClientPackageTest {
    private static final Path CLIENT = Path.of("src/main/web/client");
    private static final Path INSTALLED = Path.of("target/npm/node_modules/@chatcluster/client");
    private static final Pattern EXAMPLE = Pattern.compile("<!-- client -->\\s*```js\\n(.*?)```", Pattern.DOTALL);
    private static final Pattern PACKAGE_EXAMPLE = Pattern.compile("```ts\\n(.*?)```", Pattern.DOTALL);
    private static final int LINES_MAX = 10;
    /** What the page around the package's example would have. */
    private static final String PAGE = """
            const showConnection = state => console.log('connection', state);
            const render = (items, unsent) => console.log(items.flatMap(({ message }) => message ? [message.text] : []), unsent.length);
            """;

    @TestHTTPResource("/")
    URI service = URI.create("unset");

    private final String alice = "alice-" + UUID.randomUUID().toString().substring(0, 4);

    @Test
    void shouldAddChatToAProgramOfNodeInTenLines() throws IOException {
        // Given
        pack();
        String example = example(EXAMPLE, Path.of("../README.md"));

        // When
        String said = run(example, "Hello, Bob");

        // Then
        assertThat(said).contains(alice, "Hello, Bob");
        assertThat(example.lines().filter(line -> !line.isBlank())).hasSizeLessThanOrEqualTo(LINES_MAX);
    }

    @Test
    void shouldShowMessagesAndTheConnectionAsThePackageSays() throws IOException {
        // Given
        pack();
        String example = example(PACKAGE_EXAMPLE, INSTALLED.resolve("README.md"));

        // When
        String said = run(PAGE + example, "[ 'Hello, Bob' ] 0");

        // Then
        assertThat(said).contains("connection live", "[ 'Hello, Bob' ] 0").doesNotContain("Error");
    }

    @Test
    void shouldBePackedByTheCompilerOfTheseTests() throws IOException {
        assertThat(Files.readString(CLIENT.resolve("package.json")))
                .contains("\"prepack\": \"npm exec --yes --package=typescript@" + TypeScriptCompiler.VERSION
                        + " -- tsc -p tsconfig.json\"");
    }

    /** @return what the program said until it said what was wanted, or ended */
    private static String run(String example, String wanted) throws IOException {
        Path program = Files.writeString(Path.of("target/npm/example.mjs"), example);
        Process process = new ProcessBuilder(TypeScriptCompiler.program(), program.toString())
                .redirectErrorStream(true)
                .start();
        try (BufferedReader output = process.inputReader()) {
            return readUntil(output, wanted);
        } finally {
            process.destroy();
        }
    }

    private static String readUntil(BufferedReader output, String wanted) throws IOException {
        StringBuilder said = new StringBuilder();
        for (String line = output.readLine(); line != null; line = output.readLine()) {
            said.append(line).append('\n');
            if (line.contains(wanted)) {
                break;
            }
        }
        return said.toString();
    }

    private static void pack() throws IOException {
        TypeScriptCompiler.Outcome outcome = TypeScriptCompiler.compile(
                "-p", CLIENT.toString(), "--outDir", INSTALLED.resolve("dist").toString());
        assertThat(outcome.status()).as(outcome.output()).isZero();
        for (String file : List.of("package.json", "README.md")) {
            Files.copy(CLIENT.resolve(file), INSTALLED.resolve(file), StandardCopyOption.REPLACE_EXISTING);
        }
    }

    /** The README's, with this service's address and a back end that gives out a token. */
    private String example(Pattern pattern, Path readme) throws IOException {
        Matcher example = pattern.matcher(Files.readString(readme));
        assertThat(example.find()).as("an example in %s", readme).isTrue();
        return example.group(1)
                .replace("https://chat.example.com", service.toString().replaceAll("/$", ""))
                .replace("/my-backend/chat-token", "data:text/plain," + GeneratedKeys.ISSUER.token(alice));
    }
}
