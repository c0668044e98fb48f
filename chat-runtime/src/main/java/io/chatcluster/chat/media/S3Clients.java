package io.chatcluster.chat.media;

import io.chatcluster.chat.operations.AwsFileCredentials;
import io.chatcluster.chat.operations.ChatConfig;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Disposes;
import jakarta.enterprise.inject.Produces;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.core.checksums.RequestChecksumCalculation;
import software.amazon.awssdk.core.checksums.ResponseChecksumValidation;
import software.amazon.awssdk.core.client.config.ClientOverrideConfiguration;
import software.amazon.awssdk.core.retry.RetryMode;
import software.amazon.awssdk.http.apache.ApacheHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.S3ClientBuilder;
import software.amazon.awssdk.services.s3.S3Configuration;
import software.amazon.awssdk.services.s3.presigner.S3Presigner;

/** Makes the pod's media store: the bucket that is configured, or none. Impatient, since people wait. */
public class S3Clients {

    static final Duration ATTEMPT_TIMEOUT = Duration.ofSeconds(2);
    private static final Duration CALL_TIMEOUT = Duration.ofSeconds(4);
    private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(1);
    private static final int CONNECTIONS_MAX = 64;
    /** Signs what nobody is given. */
    private static final AwsCredentialsProvider NOBODY =
            StaticCredentialsProvider.create(AwsBasicCredentials.create("nobody", "nothing"));

    @Produces
    @ApplicationScoped
    MediaStore store(ChatConfig config) {
        ChatConfig.Media media = config.media();
        if (media.bucket().isEmpty()) {
            return new NoMediaStore();
        }
        AwsCredentialsProvider credentials = AwsFileCredentials.configured(config);
        Region region = region(config);
        return new S3MediaStore(
                client(region, credentials, media.endpoint()),
                presigner(region, credentials, clientEndpoint(media)),
                media.bucket().get(),
                config.dynamodb().historyRetentionDays());
    }

    /**
     * Where clients upload to and download from, if there is a bucket: as the presigner has it, since SDK and partition name a region's
     * buckets in their own ways.
     */
    public static Optional<URI> address(ChatConfig config) {
        ChatConfig.Media media = config.media();
        return media.bucket().map(bucket -> {
            try (S3Presigner presigner = presigner(region(config), NOBODY, clientEndpoint(media))) {
                String url = presigner
                        .presignGetObject(signature -> signature
                                .signatureDuration(S3MediaStore.DOWNLOAD_VALID)
                                .getObjectRequest(r -> r.bucket(bucket).key("any")))
                        .url()
                        .toString();
                return URI.create(url).resolve("/");
            }
        });
    }

    private static Region region(ChatConfig config) {
        return Region.of(config.media().region().orElse(config.dynamodb().region()));
    }

    private static Optional<URI> clientEndpoint(ChatConfig.Media media) {
        return media.publicEndpoint().or(media::endpoint);
    }

    void close(@Disposes MediaStore store) {
        if (store instanceof S3MediaStore s3) {
            s3.close();
        }
    }

    private static S3Client client(Region region, AwsCredentialsProvider credentials, Optional<URI> endpoint) {
        S3ClientBuilder builder = S3Client.builder()
                .region(region)
                .credentialsProvider(credentials)
                // Other servers than AWS's do not all know the checksums that the SDK adds unasked.
                .requestChecksumCalculation(RequestChecksumCalculation.WHEN_REQUIRED)
                .responseChecksumValidation(ResponseChecksumValidation.WHEN_REQUIRED)
                .httpClientBuilder(ApacheHttpClient.builder()
                        .maxConnections(CONNECTIONS_MAX)
                        .connectionTimeout(CONNECT_TIMEOUT)
                        .connectionAcquisitionTimeout(ATTEMPT_TIMEOUT)
                        .tcpKeepAlive(true))
                .overrideConfiguration(ClientOverrideConfiguration.builder()
                        .apiCallAttemptTimeout(ATTEMPT_TIMEOUT)
                        .apiCallTimeout(CALL_TIMEOUT)
                        .retryStrategy(RetryMode.STANDARD)
                        .build());
        endpoint.ifPresent(address -> builder.endpointOverride(address).forcePathStyle(true));
        return builder.build();
    }

    private static S3Presigner presigner(Region region, AwsCredentialsProvider credentials, Optional<URI> endpoint) {
        S3Presigner.Builder builder = S3Presigner.builder().region(region).credentialsProvider(credentials);
        endpoint.ifPresent(address -> builder.endpointOverride(address)
                .serviceConfiguration(
                        S3Configuration.builder().pathStyleAccessEnabled(true).build()));
        return builder.build();
    }
}
