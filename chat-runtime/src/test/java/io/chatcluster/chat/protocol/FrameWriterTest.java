package io.chatcluster.chat.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import io.chatcluster.chat.protocol.ServerFrame.RoomEntry;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class FrameWriterTest {
    private static final RequestId ID = new RequestId("\"a\"");
    private static final RoomEntry GROUP =
            new RoomEntry("g-1", "group", "Team \"A\"", null, "owner", true, 9, 7, 2, false, true);
    private static final RoomEntry DIRECT =
            new RoomEntry("d-1", "direct", null, "bob", "member", false, 5000, 0, 1000, true, false);

    private static final String GROUP_JSON =
            "\"room\":\"g-1\",\"kind\":\"group\",\"name\":\"Team \\\"A\\\"\",\"role\":\"owner\",\"muted\":true,\"tail\":9,\"read\":7,\"unread\":2";
    private static final String DIRECT_JSON =
            "\"room\":\"d-1\",\"kind\":\"direct\",\"with\":\"bob\",\"role\":\"member\",\"tail\":5000,\"read\":0,\"unread\":1000,\"gap\":true,\"live\":false";

    static Stream<Arguments> frames() {
        return Stream.of(
                Arguments.of(
                        new ServerFrame.Connected(ID, "s", "alice", 25, List.of(GROUP, DIRECT), true),
                        "{\"id\":\"a\",\"connect\":{\"session\":\"s\",\"user\":\"alice\",\"pingSeconds\":25,\"rooms\":[{"
                                + GROUP_JSON + "},{" + DIRECT_JSON + "}],\"more\":true}}"),
                Arguments.of(
                        new ServerFrame.Sent(new RequestId("7"), 1, 2, true),
                        "{\"id\":7,\"send\":{\"seq\":1,\"time\":2,\"duplicate\":true}}"),
                Arguments.of(new ServerFrame.Edited(ID, 3), "{\"id\":\"a\",\"edit\":{\"seq\":3}}"),
                Arguments.of(new ServerFrame.Deleted(ID, 4), "{\"id\":\"a\",\"delete\":{\"seq\":4}}"),
                Arguments.of(new ServerFrame.Reacted(ID, 5), "{\"id\":\"a\",\"react\":{\"seq\":5}}"),
                Arguments.of(new ServerFrame.TypingTold(ID), "{\"id\":\"a\",\"typing\":{}}"),
                Arguments.of(new ServerFrame.Subscribed(ID), "{\"id\":\"a\",\"subscribe\":{}}"),
                Arguments.of(new ServerFrame.Unsubscribed(ID), "{\"id\":\"a\",\"unsubscribe\":{}}"),
                Arguments.of(new ServerFrame.Refreshed(ID, 99), "{\"id\":\"a\",\"refresh\":{\"expiresAt\":99}}"),
                Arguments.of(
                        new ServerFrame.Presence("bob", "away", 12L),
                        "{\"presence\":{\"user\":\"bob\",\"state\":\"away\",\"lastSeen\":12}}"),
                Arguments.of(
                        new ServerFrame.Presence("bob", "offline", null),
                        "{\"presence\":{\"user\":\"bob\",\"state\":\"offline\"}}"),
                Arguments.of(new ServerFrame.Typing("g-1", "bob"), "{\"typing\":{\"room\":\"g-1\",\"user\":\"bob\"}}"),
                Arguments.of(
                        new ServerFrame.Read("g-1", "bob", 7),
                        "{\"read\":{\"room\":\"g-1\",\"user\":\"bob\",\"seq\":7}}"),
                Arguments.of(new ServerFrame.ReadStored(ID), "{\"id\":\"a\",\"read\":{}}"),
                Arguments.of(
                        new ServerFrame.HistoryPage(ID, List.of("{\"seq\":1}", "{\"seq\":2}"), true),
                        "{\"id\":\"a\",\"history\":{\"events\":[{\"seq\":1},{\"seq\":2}],\"more\":true}}"),
                Arguments.of(new ServerFrame.Pong(ID), "{\"id\":\"a\",\"ping\":{}}"),
                Arguments.of(
                        new ServerFrame.Failure(null, ErrorCode.INVALID, "no\n", null),
                        "{\"error\":{\"code\":\"invalid\",\"message\":\"no\\n\",\"retryable\":false}}"),
                Arguments.of(
                        new ServerFrame.Failure(ID, ErrorCode.RATE_LIMITED, "slow", Duration.ofMillis(50)),
                        "{\"id\":\"a\",\"error\":{\"code\":\"rate_limited\",\"message\":\"slow\",\"retryable\":true,\"retryAfterMs\":50}}"),
                Arguments.of(
                        new ServerFrame.Events("g-1", List.of("{\"seq\":1}")),
                        "{\"push\":{\"room\":\"g-1\",\"events\":[{\"seq\":1}]}}"),
                Arguments.of(new ServerFrame.RoomAdded(GROUP), "{\"room\":{\"change\":\"added\"," + GROUP_JSON + "}}"),
                Arguments.of(
                        new ServerFrame.RoomChanged(DIRECT), "{\"room\":{\"change\":\"changed\"," + DIRECT_JSON + "}}"),
                Arguments.of(
                        new ServerFrame.RoomRemoved("g-1"), "{\"room\":{\"change\":\"removed\",\"room\":\"g-1\"}}"),
                Arguments.of(
                        new ServerFrame.Reconnect(Duration.ofSeconds(2), "draining"),
                        "{\"reconnect\":{\"afterMs\":2000,\"reason\":\"draining\"}}"));
    }

    @ParameterizedTest
    @MethodSource("frames")
    void shouldWriteEachFrameAsOneLineOfJson(ServerFrame frame, String json) {
        // When
        String written = new FrameWriter().write(frame);

        // Then
        assertThat(written).isEqualTo(json).doesNotContain("\n");
    }
}
