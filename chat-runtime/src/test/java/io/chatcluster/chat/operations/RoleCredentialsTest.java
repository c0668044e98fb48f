package io.chatcluster.chat.operations;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.chatcluster.chat.services.Settings;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Isolated;

/** What EKS puts into a pod whose ServiceAccount has a role, as properties: a file with a token, and the role that it is good for. */
@Isolated("sets system properties")
class RoleCredentialsTest {
    private static final String ASSUMED = """
            <AssumeRoleWithWebIdentityResponse xmlns="https://sts.amazonaws.com/doc/2011-06-15/">
              <AssumeRoleWithWebIdentityResult><Credentials>
                <AccessKeyId>ASIAROLE</AccessKeyId><SecretAccessKey>secret</SecretAccessKey>
                <SessionToken>session</SessionToken><Expiration>2099-01-01T00:00:00Z</Expiration>
              </Credentials></AssumeRoleWithWebIdentityResult>
            </AssumeRoleWithWebIdentityResponse>
            """;

    private static final List<String> PROPERTIES = List.of(
            "aws.roleArn", "aws.roleSessionName", "aws.region", "aws.webIdentityTokenFile", "aws.endpointUrlSts");

    @TempDir
    Path directory;

    private final List<String> questions = new CopyOnWriteArrayList<>();

    @AfterEach
    void clear() {
        PROPERTIES.forEach(System::clearProperty);
    }

    private void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            boolean dynamoDb = exchange.getRequestHeaders().containsKey("X-Amz-Target");
            questions.add(
                    dynamoDb
                            ? exchange.getRequestHeaders().getFirst("Authorization")
                            : new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
            byte[] body = (dynamoDb ? "{\"TableNames\":[]}" : ASSUMED).getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(200, body.length);
            exchange.getResponseBody().write(body);
        }
    }

    @Test
    void shouldCallAwsInTheRoleOfTheServiceAccount() throws IOException {
        assumeTrue(System.getenv("AWS_ACCESS_KEY_ID") == null, "keys in the environment come first");

        // Given
        HttpServer aws = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        aws.createContext("/", this::answer);
        aws.start();
        String address = "http://127.0.0.1:" + aws.getAddress().getPort();
        Path token = Files.writeString(directory.resolve("token"), "of-the-service-account");
        System.setProperty("aws.roleArn", "arn:aws:iam::111122223333:role/chat");
        System.setProperty("aws.roleSessionName", "chat");
        System.setProperty("aws.region", "eu-west-1");
        System.setProperty("aws.webIdentityTokenFile", token.toString());
        System.setProperty("aws.endpointUrlSts", address);
        ChatConfig config = Settings.with(Map.of("chat.dynamodb.endpoint", address));

        // When
        try (var client = DynamoDbClients.builder(config).build()) {
            client.listTables();
        }
        aws.stop(0);

        // Then
        assertThat(questions.getFirst())
                .contains("Action=AssumeRoleWithWebIdentity", "WebIdentityToken=of-the-service-account");
        assertThat(questions.getLast()).contains("Credential=ASIAROLE/");
    }
}
