package io.chatcluster.chat.session;

import static io.chatcluster.chat.session.ChatFixture.api;
import static io.chatcluster.chat.session.ChatFixture.group;
import static org.assertj.core.api.Assertions.assertThat;

import io.chatcluster.chat.operations.TraceCollector;
import io.chatcluster.chat.services.Patience;
import io.opentelemetry.proto.trace.v1.Span;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

@QuarkusTest
@QuarkusTestResource(GeneratedKeys.class)
@QuarkusTestResource(value = TraceCollector.class, restrictToAnnotatedClass = true)
class TracingTest {
    @RegisterExtension
    final ChatFixture chat = new ChatFixture();

    @Test
    void shouldTellACollectorWhatASendWaitedFor() {
        // Given
        String room = group(chat.alice, chat.bob);
        ChatClient client = chat.connected(chat.alice);

        // When
        client.reply(client.startSend(room, "c1", "a secret"));

        // Then
        Span send = span("chat send");
        assertThat(TraceCollector.spans()).anySatisfy(append -> {
            assertThat(append.getName()).isEqualTo("append");
            assertThat(append.getTraceId()).isEqualTo(send.getTraceId());
            assertThat(append.getParentSpanId()).isEqualTo(send.getSpanId());
        });
        assertThat(TraceCollector.spans()).noneMatch(span -> span.toString().contains("secret"));
    }

    @Test
    void shouldTellACollectorWhatARequestWaitedFor() {
        // Given
        String room = group(chat.alice, chat.bob);

        // When
        api(chat.alice)
                .body(Map.of("clientMessageId", "c1", "text", "first"))
                .post("/api/v1/rooms/" + room + "/messages")
                .then()
                .statusCode(200);

        // Then
        Span request = span("POST /api/v1/rooms/{room}/messages");
        assertThat(TraceCollector.spans()).anySatisfy(append -> {
            assertThat(append.getName()).isEqualTo("append");
            assertThat(append.getTraceId()).isEqualTo(request.getTraceId());
        });
    }

    private static Span span(String name) {
        return Patience.await(name)
                .until(
                        () -> TraceCollector.spans().stream()
                                .filter(span -> span.getName().equals(name))
                                .findFirst(),
                        Optional::isPresent)
                .orElseThrow();
    }
}
