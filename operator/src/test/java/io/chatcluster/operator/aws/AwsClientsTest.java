package io.chatcluster.operator.aws;

import static org.assertj.core.api.Assertions.assertThat;

import io.chatcluster.operator.plan.AwsLocation;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** How many clients are kept. */
class AwsClientsTest {
    private static final AwsLocation LOCATION = new AwsLocation("eu-west-1", null);

    private static AwsCredentials ofCluster(int number) {
        return new AwsCredentials("secret-" + number, "id", "key");
    }

    @Test
    void shouldKeepThoseOfAThousandChatClustersWithCredentialsOfTheirOwn() {
        // Given
        var clients = new AwsClients();
        var first = clients.dynamoDb(LOCATION, ofCluster(0));

        // When
        IntStream.range(0, 1000).forEach(number -> {
            clients.dynamoDb(LOCATION, ofCluster(number));
            clients.s3(LOCATION, ofCluster(number));
        });

        // Then
        assertThat(clients.dynamoDb(LOCATION, ofCluster(0))).isSameAs(first);
        clients.close();
    }
}
