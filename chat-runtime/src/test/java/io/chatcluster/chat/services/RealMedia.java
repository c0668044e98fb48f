package io.chatcluster.chat.services;

import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3Client;

/** Gives the service under test a bucket, small limits, and two types that could run scripts. */
public class RealMedia implements QuarkusTestResourceLifecycleManager {

    public static final S3Server SERVER = new S3Server();
    public static final int OBJECT_BYTES_MAX = 4_000_000;
    public static final int UPLOADS_PER_MINUTE = 20;

    private static final List<String> TYPES = List.of(
            "image/png",
            "image/jpeg",
            "image/svg+xml",
            "text/html",
            "text/plain",
            "application/pdf",
            "application/zip",
            "video/mp4",
            "video/webm");

    @Override
    public Map<String, String> start() {
        SERVER.start();
        Map<String, String> properties = new HashMap<>(Map.of(
                "chat.media.bucket",
                S3Server.BUCKET,
                "chat.media.region",
                S3Server.REGION,
                "chat.media.endpoint",
                SERVER.endpoint().toString(),
                // The same server under another name, which is signed for.
                "chat.media.public-endpoint",
                "http://localhost:" + SERVER.endpoint().getPort(),
                "chat.media.max-object-bytes",
                Integer.toString(OBJECT_BYTES_MAX),
                "chat.media.uploads-per-minute",
                Integer.toString(UPLOADS_PER_MINUTE)));
        for (int i = 0; i < TYPES.size(); i++) {
            properties.put("chat.media.allowed-content-types[" + i + "]", TYPES.get(i));
        }
        return properties;
    }

    /** Lets pages of any origin put and get objects, as the operator does for a bucket of its own. */
    public static void allowPages() {
        try (S3Client client = S3Client.builder()
                .endpointOverride(SERVER.endpoint())
                .region(Region.of(S3Server.REGION))
                .forcePathStyle(true)
                .credentialsProvider(StaticCredentialsProvider.create(AwsBasicCredentials.create("local", "local")))
                .build()) {
            client.putBucketCors(request -> request.bucket(S3Server.BUCKET)
                    .corsConfiguration(cors -> cors.corsRules(rule -> rule.allowedOrigins("*")
                            .allowedMethods("GET", "PUT")
                            .allowedHeaders("*"))));
        }
    }

    @Override
    public void stop() {
        SERVER.close();
    }
}
