package io.chatcluster.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What `make images FLAVOR=native` says on machines that cannot build it. */
class NativeFlavourTest {
    private static final Path DEV = Path.of("cluster", "dev");

    @TempDir
    Path programs;

    @BeforeEach
    void hideContainerEngines() throws IOException {
        for (String engine : new String[] {"docker", "podman"}) {
            Path program = Files.writeString(programs.resolve(engine), "#!/bin/sh\nexit 1\n");
            Files.setPosixFilePermissions(program, PosixFilePermissions.fromString("rwxr-xr-x"));
        }
    }

    @Test
    void shouldSayAtOnceWhatIsMissingForTheNativeFlavour() throws Exception {
        // When
        Said said = images("native", null);

        // Then
        assertThat(said.exitCode).isEqualTo(1);
        assertThat(said.text)
                .contains("the native flavour needs a GraalVM")
                .contains("GRAALVM_HOME")
                .contains("try: ")
                .doesNotContain("Build");
    }

    @Test
    void shouldNameTheGraalVmThatIsNone() throws Exception {
        // When
        Said said = images("native", programs);

        // Then
        assertThat(said.exitCode).isEqualTo(1);
        assertThat(said.text).contains("GRAALVM_HOME=" + programs + " has no bin/native-image");
    }

    @Test
    void shouldRefuseAFlavourThatDoesNotExist() throws Exception {
        // When
        Said said = images("vanilla", null);

        // Then
        assertThat(said.exitCode).isEqualTo(1);
        assertThat(said.text).contains("there is no flavour 'vanilla'").contains("FLAVOR=jvm or FLAVOR=native");
    }

    private Said images(String flavor, @Nullable Path graalVm) throws IOException, InterruptedException {
        ProcessBuilder builder = new ProcessBuilder("bash", DEV.toString(), "images").redirectErrorStream(true);
        builder.environment().put("FLAVOR", flavor);
        builder.environment().merge("PATH", programs.toString(), (path, first) -> first + ":" + path);
        builder.environment().remove("GRAALVM_HOME");
        if (graalVm != null) {
            builder.environment().put("GRAALVM_HOME", graalVm.toString());
        }
        Process process = builder.start();
        String text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        return new Said(process.waitFor(), text);
    }

    private record Said(int exitCode, String text) {}
}
