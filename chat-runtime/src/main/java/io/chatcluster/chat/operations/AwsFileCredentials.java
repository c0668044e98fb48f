package io.chatcluster.chat.operations;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.auth.credentials.DefaultCredentialsProvider;
import software.amazon.awssdk.core.exception.SdkClientException;

/** Credentials from the files of a mounted secret, read again every few seconds so that a rotation needs no restart. */
public final class AwsFileCredentials implements AwsCredentialsProvider {

    private static final Duration KEPT = Duration.ofSeconds(5);

    private record Reading(AwsCredentials credentials, long at) {}

    private final Path directory;
    private volatile @Nullable Reading last;

    private AwsFileCredentials(Path directory) {
        this.directory = directory;
    }

    /** The configured files, or the SDK's own chain where there are none. */
    public static AwsCredentialsProvider configured(ChatConfig config) {
        return config.aws()
                .credentialsDirectory()
                .<AwsCredentialsProvider>map(AwsFileCredentials::new)
                .orElseGet(() -> DefaultCredentialsProvider.builder().build());
    }

    @Override
    public AwsCredentials resolveCredentials() {
        Reading reading = last;
        if (reading == null || System.nanoTime() - reading.at() > KEPT.toNanos()) {
            reading = new Reading(
                    AwsBasicCredentials.create(read("aws_access_key_id"), read("aws_secret_access_key")),
                    System.nanoTime());
            last = reading;
        }
        return reading.credentials();
    }

    private String read(String name) {
        Path file = directory.resolve(name);
        try {
            return Files.readString(file).strip();
        } catch (IOException e) {
            throw SdkClientException.create("chat.aws.credentials-directory: cannot read " + file, e);
        }
    }
}
