package io.chatcluster.chat.services;

import io.chatcluster.chat.room.RoomId;
import io.quarkus.bootstrap.resolver.maven.BootstrapMavenException;
import io.quarkus.bootstrap.resolver.maven.MavenArtifactResolver;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.eclipse.aether.artifact.DefaultArtifact;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeDefinition;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.BillingMode;
import software.amazon.awssdk.services.dynamodb.model.GlobalSecondaryIndex;
import software.amazon.awssdk.services.dynamodb.model.KeySchemaElement;
import software.amazon.awssdk.services.dynamodb.model.KeyType;
import software.amazon.awssdk.services.dynamodb.model.ProjectionType;
import software.amazon.awssdk.services.dynamodb.model.ScalarAttributeType;

/**
 * DynamoDB Local in a JVM of its own, in memory, one for all tests of this JVM. Its libraries are resolved apart from
 * the project's, whose versions it does not run with.
 */
public final class DynamoDbLocal {

    private static final class Holder {
        static final DynamoDbLocal RUNNING = new DynamoDbLocal();
    }

    private final int port = FreePort.find();
    private final Path credentials;

    public static DynamoDbLocal running() {
        return Holder.RUNNING;
    }

    private DynamoDbLocal() {
        try {
            credentials = ServiceFolder.make("dynamodb");
            Files.writeString(credentials.resolve("aws_access_key_id"), "local\n");
            Files.writeString(credentials.resolve("aws_secret_access_key"), "local\n");
            Process process = new ProcessBuilder(
                            Path.of(System.getProperty("java.home"), "bin", "java")
                                    .toString(),
                            "-Xmx512m",
                            "-XX:TieredStopAtLevel=1",
                            "-Djava.io.tmpdir=" + credentials,
                            "--enable-native-access=ALL-UNNAMED",
                            "-cp",
                            classPath(),
                            "com.amazonaws.services.dynamodbv2.local.main.ServerRunner",
                            "-inMemory",
                            "-sharedDb",
                            "-disableTelemetry",
                            "-port",
                            Integer.toString(port))
                    .redirectErrorStream(true)
                    .redirectOutput(credentials.resolve("dynamodb.log").toFile())
                    .start();
            Runtime.getRuntime().addShutdownHook(new Thread(process::destroyForcibly));
            Patience.await("DynamoDB Local, see " + credentials.resolve("dynamodb.log"))
                    .atMost(Duration.ofSeconds(60))
                    .until(() -> !process.isAlive() || listens());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private boolean listens() {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            return socket.isConnected();
        } catch (IOException e) {
            return false;
        }
    }

    private static String classPath() {
        String version = System.getProperty("dynamodb-local.version", "2.6.1");
        try {
            return MavenArtifactResolver.builder()
                    .setWorkspaceDiscovery(false)
                    .build()
                    .resolveDependencies(new DefaultArtifact("com.amazonaws:DynamoDBLocal:" + version), List.of())
                    .getArtifactResults()
                    .stream()
                    .map(result -> result.getArtifact().getFile())
                    .map(File::getPath)
                    .collect(Collectors.joining(File.pathSeparator));
        } catch (BootstrapMavenException e) {
            throw new IllegalStateException("cannot resolve com.amazonaws:DynamoDBLocal:" + version, e);
        }
    }

    public URI endpoint() {
        return URI.create("http://127.0.0.1:" + port);
    }

    /** As {@code chat.aws.credentials-directory} takes it. */
    public Path credentialsDirectory() {
        return credentials;
    }

    /** Creates the three tables. */
    public void createTables(String prefix) {
        try (DynamoDbClient client = client()) {
            client.createTable(r -> r.tableName(prefix + "messages")
                    .attributeDefinitions(text("room"), number("firstSeq"))
                    .keySchema(hash("room"), range("firstSeq"))
                    .billingMode(BillingMode.PAY_PER_REQUEST));
            client.createTable(r -> r.tableName(prefix + "rooms")
                    .attributeDefinitions(text("room"))
                    .keySchema(hash("room"))
                    .billingMode(BillingMode.PAY_PER_REQUEST));
            client.createTable(r -> r.tableName(prefix + "members")
                    .attributeDefinitions(text("user"), text("room"))
                    .keySchema(hash("user"), range("room"))
                    .globalSecondaryIndexes(GlobalSecondaryIndex.builder()
                            .indexName("byRoom")
                            .keySchema(hash("room"), range("user"))
                            .projection(p -> p.projectionType(ProjectionType.ALL))
                            .build())
                    .billingMode(BillingMode.PAY_PER_REQUEST));
        }
    }

    /** Removes the room's items whose {@code expiresAt} has passed; returns how many there were. */
    public int removeExpired(String table, RoomId room) {
        try (DynamoDbClient client = client()) {
            AttributeValue now = AttributeValue.fromN(Long.toString(System.currentTimeMillis() / 1_000));
            List<Map<String, AttributeValue>> expired = client
                    .scanPaginator(r -> r.tableName(table)
                            .filterExpression("room = :room AND expiresAt < :now")
                            .expressionAttributeValues(Map.of(":now", now, ":room", AttributeValue.fromS(room.value())))
                            .projectionExpression("room, firstSeq"))
                    .items()
                    .stream()
                    .toList();
            expired.forEach(key -> client.deleteItem(r -> r.tableName(table).key(key)));
            return expired.size();
        }
    }

    private DynamoDbClient client() {
        return DynamoDbClient.builder()
                .endpointOverride(endpoint())
                .region(Region.of("local"))
                .credentialsProvider(StaticCredentialsProvider.create(AwsBasicCredentials.create("local", "local")))
                .build();
    }

    private static AttributeDefinition text(String name) {
        return AttributeDefinition.builder()
                .attributeName(name)
                .attributeType(ScalarAttributeType.S)
                .build();
    }

    private static AttributeDefinition number(String name) {
        return AttributeDefinition.builder()
                .attributeName(name)
                .attributeType(ScalarAttributeType.N)
                .build();
    }

    private static KeySchemaElement hash(String name) {
        return KeySchemaElement.builder()
                .attributeName(name)
                .keyType(KeyType.HASH)
                .build();
    }

    private static KeySchemaElement range(String name) {
        return KeySchemaElement.builder()
                .attributeName(name)
                .keyType(KeyType.RANGE)
                .build();
    }
}
