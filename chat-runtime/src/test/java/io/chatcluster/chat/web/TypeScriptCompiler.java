package io.chatcluster.chat.web;

import com.microsoft.playwright.impl.driver.Driver;
import io.quarkus.bootstrap.resolver.maven.BootstrapMavenException;
import io.quarkus.bootstrap.resolver.maven.MavenArtifactResolver;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.eclipse.aether.artifact.DefaultArtifact;

/** The TypeScript compiler from Maven's repository, and the Node that Playwright brings: a checkout needs Maven alone. */
final class TypeScriptCompiler {
    static final String VERSION = "5.9.3";
    private static final String RESOURCES = "META-INF/resources/_static/typescript/" + VERSION;
    private static final Path FOLDER = Path.of("target/typescript-" + VERSION);

    /** What a program said, and how it ended. */
    record Outcome(int status, String output) {}

    private TypeScriptCompiler() {}

    static Outcome compile(String... arguments) {
        List<String> command =
                new ArrayList<>(List.of(unpacked().resolve("lib/tsc.js").toString()));
        command.addAll(List.of(arguments));
        return node(Path.of("."), command);
    }

    /** Runs the folder's own tests, with further arguments to Node. */
    static Outcome tests(Path folder, List<String> options) throws IOException {
        List<String> command = new ArrayList<>(List.of("--test", "--test-reporter=spec"));
        command.addAll(options);
        try (Stream<Path> files = Files.list(folder)) {
            files.map(Path::toString)
                    .filter(file -> file.endsWith(".test.ts"))
                    .sorted()
                    .forEach(command::add);
        }
        return node(Path.of("."), command);
    }

    static Outcome node(Path directory, List<String> arguments) {
        List<String> command = new ArrayList<>(List.of(program()));
        command.addAll(arguments);
        try {
            Process process = new ProcessBuilder(command)
                    .directory(directory.toFile())
                    .redirectErrorStream(true)
                    .start();
            String output = new String(process.getInputStream().readAllBytes());
            return new Outcome(process.waitFor(), output);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    static String program() {
        return Driver.ensureDriverInstalled(Map.of("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1"), false)
                .createProcessBuilder()
                .command()
                .get(0);
    }

    private static synchronized Path unpacked() {
        if (Files.isRegularFile(FOLDER.resolve("lib/lib.dom.d.ts"))) {
            return FOLDER.toAbsolutePath();
        }
        try (FileSystem jar = FileSystems.newFileSystem(archive())) {
            Files.createDirectories(FOLDER.resolve("lib"));
            try (Stream<Path> files = Files.list(jar.getPath(RESOURCES, "lib"))) {
                for (Path file : (Iterable<Path>) files.filter(Files::isRegularFile)::iterator) {
                    Files.copy(
                            file,
                            FOLDER.resolve("lib").resolve(file.getFileName().toString()),
                            StandardCopyOption.REPLACE_EXISTING);
                }
            }
            // What is no script is in an archive of its own.
            Path more = FOLDER.resolve("more.tgz");
            Files.copy(jar.getPath("META-INF/.more.tgz"), more, StandardCopyOption.REPLACE_EXISTING);
            int depth = RESOURCES.split("/").length - 1;
            Process tar = new ProcessBuilder(
                            "tar", "-xzf", more.toString(), "-C", FOLDER.toString(), "--strip-components=" + depth)
                    .inheritIO()
                    .start();
            if (tar.waitFor() != 0) {
                throw new IllegalStateException("cannot unpack " + more);
            }
            return FOLDER.toAbsolutePath();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private static Path archive() {
        try {
            return MavenArtifactResolver.builder()
                    .setWorkspaceDiscovery(false)
                    .build()
                    .resolve(new DefaultArtifact("org.mvnpm:typescript:" + VERSION))
                    .getArtifact()
                    .getFile()
                    .toPath();
        } catch (BootstrapMavenException e) {
            throw new IllegalStateException("cannot resolve org.mvnpm:typescript:" + VERSION, e);
        }
    }
}
