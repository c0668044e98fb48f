package io.chatcluster.operator.aws;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;

/** The policy grants what the code asks AWS for, and nothing else. */
class IamPolicyTest {
    private static final Path POLICY = Path.of("../config/iam/operator.json");

    /** Operations whose permission has another name; DynamoDB's others have their own. */
    private static final Map<String, Set<String>> PERMISSIONS = Map.ofEntries(
            Map.entry("headBucket", Set.of("s3:ListBucket")),
            Map.entry("listObjectsV2", Set.of("s3:ListBucket")),
            Map.entry("createBucket", Set.of("s3:CreateBucket")),
            Map.entry("deleteBucket", Set.of("s3:DeleteBucket")),
            Map.entry("deleteObjects", Set.of("s3:DeleteObject")),
            Map.entry("getBucketCors", Set.of("s3:GetBucketCORS")),
            Map.entry("putBucketCors", Set.of("s3:PutBucketCORS")),
            Map.entry("getBucketLifecycleConfiguration", Set.of("s3:GetLifecycleConfiguration")),
            Map.entry("putBucketLifecycleConfiguration", Set.of("s3:PutLifecycleConfiguration")),
            Map.entry("getPublicAccessBlock", Set.of("s3:GetBucketPublicAccessBlock")),
            Map.entry("putPublicAccessBlock", Set.of("s3:PutBucketPublicAccessBlock")),
            Map.entry("getBucketEncryption", Set.of("s3:GetEncryptionConfiguration")),
            Map.entry("putBucketEncryption", Set.of("s3:PutEncryptionConfiguration")));

    private static Stream<String> needed(JavaAccess<?> call) {
        var operation = call.getTarget().getName();
        var client = call.getTargetOwner().getSimpleName();
        if (PERMISSIONS.containsKey(operation)) {
            return PERMISSIONS.get(operation).stream();
        }
        return switch (client) {
            case "DynamoDbClient" ->
                Stream.of("dynamodb:" + operation.substring(0, 1).toUpperCase(Locale.ROOT) + operation.substring(1));
            default -> throw new AssertionError("which permission does " + client + "." + operation + " need?");
        };
    }

    private static boolean isOperation(JavaAccess<?> access) {
        return Set.of("DynamoDbClient", "S3Client", "S3Presigner")
                        .contains(access.getTargetOwner().getSimpleName())
                && !Set.of("builder", "close").contains(access.getTarget().getName());
    }

    private static Set<String> asked() {
        return new ClassFileImporter()
                        .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
                        .importPackages("io.chatcluster.operator")
                        .stream()
                        .map(JavaClass::getAccessesFromSelf)
                        .flatMap(Set::stream)
                        .filter(IamPolicyTest::isOperation)
                        .flatMap(IamPolicyTest::needed)
                        .collect(Collectors.toCollection(TreeSet::new));
    }

    private static Set<String> granted() throws IOException {
        var statements = new ObjectMapper().readTree(POLICY.toFile()).path("Statement");
        return StreamSupport.stream(statements.spliterator(), false)
                .flatMap(statement ->
                        StreamSupport.stream(statement.path("Action").spliterator(), false))
                .map(action -> action.asText())
                .collect(Collectors.toCollection(TreeSet::new));
    }

    @Test
    void shouldGrantExactlyWhatTheCodeAsksFor() throws IOException {
        assertThat(granted()).isEqualTo(asked());
    }

    /** Names may begin alike: what fits all tables of demo fits those of demo-2. */
    @Test
    void shouldGrantItOnTheTablesOfOneChatClusterAlone() throws IOException {
        // Given
        var tables = Arrays.stream(TableDefinition.values())
                .map(table -> "arn:aws:dynamodb:*:*:table/" + table.name("TABLE_PREFIX"))
                .toList();

        // When
        var statement =
                new ObjectMapper().readTree(POLICY.toFile()).path("Statement").path(0);

        // Then
        assertThat(statement.path("Resource")).extracting(JsonNode::asText).containsExactlyElementsOf(tables);
    }
}
