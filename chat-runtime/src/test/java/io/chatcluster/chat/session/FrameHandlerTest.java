package io.chatcluster.chat.session;

import static org.assertj.core.api.Assertions.assertThat;

import io.chatcluster.chat.protocol.ClientFrame;
import io.chatcluster.chat.protocol.RequestId;
import java.util.List;
import org.junit.jupiter.api.Test;

class FrameHandlerTest {
    private static final RequestId ID = new RequestId("1");

    @Test
    void shouldTakeNoCommandThatEveryClientSendsByItselfForASignOfUse() {
        // Then
        assertThat(List.of(
                        new ClientFrame.Ping(ID),
                        new ClientFrame.Refresh(ID, "token"),
                        new ClientFrame.History(ID, "r", null, 1L, null, null),
                        new ClientFrame.Subscribe(ID, List.of("bob")),
                        new ClientFrame.Unsubscribe(ID, List.of("bob"))))
                .noneMatch(FrameHandler::shownUse);
    }

    @Test
    void shouldTakeWhatAPersonDoesForASignOfUse() {
        // Then
        assertThat(List.of(
                        new ClientFrame.Send(ID, "r", "m1", "hi", List.of(), null),
                        new ClientFrame.React(ID, "r", 1, "x", false),
                        new ClientFrame.Read(ID, "r", 1),
                        new ClientFrame.Typing(ID, "r")))
                .allMatch(FrameHandler::shownUse);
    }
}
