package io.chatcluster.chat.webhook;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.chatcluster.chat.services.WebhookReceiver;
import java.io.IOException;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

class WebhookSenderTest {

    private final WebhookReceiver receiver = new WebhookReceiver();
    private final WebhookSender sender = new WebhookSender(
            receiver.url(), new WebhookSignature(WebhookReceiver.secretFile()), Duration.ofSeconds(5));

    @AfterEach
    void close() {
        sender.close();
        receiver.close();
    }

    @Test
    @Timeout(30)
    void shouldGiveUpOnAReceiverThatBeginsToAnswerAndNeverEnds() throws Exception {
        // Given
        receiver.stall(1);

        // Then
        assertThatThrownBy(() -> sender.send("1", new byte[] {'1'})).isInstanceOf(IOException.class);
        sender.send("2", new byte[] {'2'});
    }
}
