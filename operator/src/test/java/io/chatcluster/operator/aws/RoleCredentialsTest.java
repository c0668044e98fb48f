package io.chatcluster.operator.aws;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.chatcluster.operator.aws.RecordedAws.Answer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What EKS puts into a pod whose ServiceAccount has a role, as properties: a file with a token, and the role that it is good for. */
class RoleCredentialsTest {
    private static final String ASSUMED = """
            <AssumeRoleWithWebIdentityResponse xmlns="https://sts.amazonaws.com/doc/2011-06-15/">
              <AssumeRoleWithWebIdentityResult><Credentials>
                <AccessKeyId>ASIAROLE</AccessKeyId><SecretAccessKey>secret</SecretAccessKey>
                <SessionToken>session</SessionToken><Expiration>2099-01-01T00:00:00Z</Expiration>
              </Credentials></AssumeRoleWithWebIdentityResult>
            </AssumeRoleWithWebIdentityResponse>
            """;

    private static final Map<String, String> PROPERTIES = Map.of(
            "aws.roleArn", "arn:aws:iam::111122223333:role/operator",
            "aws.roleSessionName", "operator",
            "aws.region", "eu-west-1");

    @TempDir
    private Path directory;

    @AfterEach
    void clear() {
        PROPERTIES.keySet().forEach(System::clearProperty);
        System.clearProperty("aws.webIdentityTokenFile");
        System.clearProperty("aws.endpointUrlSts");
    }

    @Test
    void shouldCallAwsInTheRoleOfTheServiceAccount() throws IOException {
        assumeTrue(System.getenv("AWS_ACCESS_KEY_ID") == null, "keys in the environment come first");

        // Given
        var token = Files.writeString(directory.resolve("token"), "of-the-service-account");
        try (var aws = new RecordedAws(
                question -> Answer.ok(question.operation().equals("ListTables") ? "{\"TableNames\":[]}" : ASSUMED))) {
            PROPERTIES.forEach(System::setProperty);
            System.setProperty("aws.webIdentityTokenFile", token.toString());
            System.setProperty(
                    "aws.endpointUrlSts", Objects.requireNonNull(aws.location().endpoint()));
            var clients = new AwsClients();

            // When
            clients.dynamoDb(aws.location(), AwsCredentials.FROM_ENVIRONMENT).listTables();

            // Then
            assertThat(aws.questions().getFirst().body())
                    .contains("Action=AssumeRoleWithWebIdentity", "WebIdentityToken=of-the-service-account");
            assertThat(aws.last().authorization()).contains("Credential=ASIAROLE/");
            assertThat(aws.last().token()).isEqualTo("session");
            clients.close();
        }
    }
}
