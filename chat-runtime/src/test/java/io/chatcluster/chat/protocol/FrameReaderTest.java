package io.chatcluster.chat.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class FrameReaderTest {
    private final FrameReader reader = new FrameReader();

    @Test
    void shouldReadEveryFieldOfConnect() {
        // When
        ClientFrame frame = reader.read(
                "{\"id\":1,\"connect\":{\"token\":\"t\",\"device\":\"phone\",\"resume\":{\"g-1\":7,\"g-2\":0},"
                        + "\"idleMs\":90}}");

        // Then
        assertThat(frame)
                .isEqualTo(new ClientFrame.Connect(new RequestId("1"), "t", "phone", Map.of("g-1", 7L, "g-2", 0L), 90));
    }

    @ParameterizedTest
    @CsvSource(textBlock = """
            '',                             0
            ',"idleMs":0',                  0
            ',"idleMs":9007199254740991',   31536000000
            """)
    void shouldTakeNoIdleTimeForNoneAndBoundALongOne(String field, long millis) {
        // When
        ClientFrame frame = reader.read("{\"id\":1,\"connect\":{\"token\":\"t\"" + field + "}}");

        // Then
        assertThat(frame)
                .isInstanceOfSatisfying(
                        ClientFrame.Connect.class,
                        connect -> assertThat(connect.idleMs()).isEqualTo(millis));
    }

    @Test
    void shouldReadEveryFieldOfSend() {
        // When
        ClientFrame frame = reader.read("{\"id\":\"a\",\"send\":{\"room\":\"g-1\",\"clientMessageId\":\"c1\","
                + "\"text\":\"hé\\n\",\"attachments\":[\"x\"],\"replyTo\":3}}");

        // Then
        assertThat(frame)
                .isEqualTo(new ClientFrame.Send(new RequestId("\"a\""), "g-1", "c1", "hé\n", List.of("x"), 3L));
    }

    @Test
    void shouldReadReadHistoryAndPing() {
        // Then
        assertThat(reader.read("{\"id\":1,\"read\":{\"room\":\"r\",\"seq\":9}}"))
                .isEqualTo(new ClientFrame.Read(new RequestId("1"), "r", 9));
        assertThat(reader.read("{\"id\":1,\"history\":{\"room\":\"r\",\"before\":9,\"limit\":5}}"))
                .isEqualTo(new ClientFrame.History(new RequestId("1"), "r", 9L, null, null, 5));
        assertThat(reader.read("{\"id\":1,\"history\":{\"room\":\"r\",\"at\":1700000000000}}"))
                .isEqualTo(new ClientFrame.History(new RequestId("1"), "r", null, null, 1_700_000_000_000L, null));
        assertThat(reader.read("{\"ping\":{},\"id\":1}")).isEqualTo(new ClientFrame.Ping(new RequestId("1")));
    }

    @Test
    void shouldReadEditDeleteAndReact() {
        // Then
        assertThat(reader.read("{\"id\":1,\"edit\":{\"room\":\"r\",\"seq\":9,\"text\":\"new\"}}"))
                .isEqualTo(new ClientFrame.Edit(new RequestId("1"), "r", 9, "new"));
        assertThat(reader.read("{\"id\":1,\"delete\":{\"room\":\"r\",\"seq\":9}}"))
                .isEqualTo(new ClientFrame.Delete(new RequestId("1"), "r", 9));
        assertThat(reader.read("{\"id\":1,\"react\":{\"room\":\"r\",\"seq\":9,\"emoji\":\"👍\"}}"))
                .isEqualTo(new ClientFrame.React(new RequestId("1"), "r", 9, "👍", false));
        assertThat(reader.read("{\"id\":1,\"react\":{\"room\":\"r\",\"seq\":9,\"emoji\":\"👍\",\"remove\":true}}"))
                .isEqualTo(new ClientFrame.React(new RequestId("1"), "r", 9, "👍", true));
    }

    @Test
    void shouldReadTypingSubscribeUnsubscribeAndRefresh() {
        // Then
        assertThat(reader.read("{\"id\":1,\"typing\":{\"room\":\"r\"}}"))
                .isEqualTo(new ClientFrame.Typing(new RequestId("1"), "r"));
        assertThat(reader.read("{\"id\":1,\"subscribe\":{\"presenceOf\":[\"a\",\"b\"]}}"))
                .isEqualTo(new ClientFrame.Subscribe(new RequestId("1"), List.of("a", "b")));
        assertThat(reader.read("{\"id\":1,\"unsubscribe\":{\"presenceOf\":[\"a\"]}}"))
                .isEqualTo(new ClientFrame.Unsubscribe(new RequestId("1"), List.of("a")));
        assertThat(reader.read("{\"id\":1,\"refresh\":{\"token\":\"t\"}}"))
                .isEqualTo(new ClientFrame.Refresh(new RequestId("1"), "t"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"1", "-7", "123456789012345678901234567890", "\"a\"", "\"q\\\"\\\\é\"", "\"1\""})
    void shouldKeepTheIdAsItCame(String id) {
        // When
        ClientFrame frame = reader.read("{\"id\":" + id + ",\"ping\":{}}");

        // Then
        assertThat(frame).isEqualTo(new ClientFrame.Ping(new RequestId(id)));
    }

    @Test
    void shouldIgnoreFieldsOfNewerClients() {
        // When
        ClientFrame frame = reader.read("{\"id\":1,\"read\":{\"room\":\"r\",\"seq\":1,\"later\":{\"x\":[1]}}}");

        // Then
        assertThat(frame).isInstanceOf(ClientFrame.Read.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"nonsense", "Send", "events"})
    void shouldAnswerCommandsItDoesNotKnowAsUnsupported(String command) {
        // When
        ClientFrame frame = reader.read("{\"id\":5,\"" + command + "\":{}}");

        // Then
        assertThat(frame).isInstanceOfSatisfying(ClientFrame.Refused.class, refused -> {
            assertThat(refused.id()).isEqualTo(new RequestId("5"));
            assertThat(refused.code()).isEqualTo(ErrorCode.UNSUPPORTED);
        });
    }

    /** The id, where it can be read, is 5. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            not JSON                     | nonsense                                             | no
            not an object                | [1]                                                  | no
            a bare value                 | null                                                 | no
            cut off                      | {"id":5,"send":{"room":                              | yes
            cut off before the id        | {"send":{"room":                                     | no
            something behind             | {"id":5,"ping":{}} {}                                | yes
            garbage behind               | {"id":5,"ping":{}}x                                  | yes
            no id                        | {"ping":{}}                                          | no
            id is null                   | {"id":null,"ping":{}}                                | no
            id is a fraction             | {"id":1.5,"ping":{}}                                 | no
            id is an object              | {"id":{},"ping":{}}                                  | no
            id is empty                  | {"id":"","ping":{}}                                  | no
            id has half a pair           | {"id":"\\ud83d","ping":{}}                           | no
            text has half a pair         | {"id":5,"send":{"room":"r","clientMessageId":"c","text":"\\udc00"}}| yes
            no command                   | {"id":5}                                             | yes
            two commands                 | {"id":5,"ping":{},"read":{}}                         | yes
            two commands before the id   | {"ping":{},"read":{},"id":5}                         | yes
            the same key twice           | {"id":5,"ping":{},"ping":{}}                         | yes
            body is not an object        | {"id":5,"ping":1}                                    | yes
            body is an array             | {"id":5,"send":[]}                                   | yes
            room is missing              | {"id":5,"read":{"seq":1}}                            | yes
            room is a number             | {"id":5,"read":{"room":1,"seq":1}}                   | yes
            room is null                 | {"id":5,"read":{"room":null,"seq":1}}                | yes
            seq is missing               | {"id":5,"read":{"room":"r"}}                         | yes
            seq is a string              | {"id":5,"read":{"room":"r","seq":"1"}}               | yes
            seq is negative              | {"id":5,"read":{"room":"r","seq":-1}}                | yes
            seq is a fraction            | {"id":5,"read":{"room":"r","seq":1.5}}               | yes
            seq is beyond 2^53           | {"id":5,"read":{"room":"r","seq":9007199254740992}}  | yes
            limit is zero                | {"id":5,"history":{"room":"r","limit":0}}            | yes
            no client message id         | {"id":5,"send":{"room":"r","text":"x"}}              | yes
            text is a number             | {"id":5,"send":{"room":"r","clientMessageId":"c","text":1}}         | yes
            attachments is a string      | {"id":5,"send":{"room":"r","clientMessageId":"c","attachments":""}} | yes
            an attachment is a number    | {"id":5,"send":{"room":"r","clientMessageId":"c","attachments":[1]}}| yes
            no token                     | {"id":5,"connect":{}}                                | yes
            resume is an array           | {"id":5,"connect":{"token":"t","resume":[]}}         | yes
            resume holds a string        | {"id":5,"connect":{"token":"t","resume":{"r":"1"}}}  | yes
            idle for less than no time   | {"id":5,"connect":{"token":"t","idleMs":-1}}         | yes
            too deep                     | {"id":5,"ping":{"a":{"b":{"c":{"d":{"e":{"f":{"g":{"h":1}}}}}}}}}   | yes
            no text                      | {"id":5,"edit":{"room":"r","seq":1}}                 | yes
            no seq to delete             | {"id":5,"delete":{"room":"r"}}                       | yes
            emoji is empty               | {"id":5,"react":{"room":"r","seq":1,"emoji":""}}     | yes
            remove is a string           | {"id":5,"react":{"room":"r","seq":1,"emoji":"x","remove":"no"}}    | yes
            nobody to follow             | {"id":5,"subscribe":{"presenceOf":[]}}               | yes
            a user is a number           | {"id":5,"unsubscribe":{"presenceOf":[1]}}            | yes
            no fresh token               | {"id":5,"refresh":{}}                                | yes
            at is a string               | {"id":5,"history":{"room":"r","at":"now"}}           | yes
            a comment                    | {"id":5,/* */"ping":{}}                              | yes
            single quotes                | {'id':5,'ping':{}}                                   | no
            """)
    void shouldRefuseMalformedObjectsWithTheirIdWhereItCanBeRead(String what, String object, String idIsRead) {
        // When
        ClientFrame frame = reader.read(object);

        // Then
        assertThat(frame).isInstanceOfSatisfying(ClientFrame.Refused.class, refused -> {
            assertThat(refused.code()).isEqualTo(ErrorCode.INVALID);
            assertThat(refused.message()).isNotBlank();
            if (idIsRead.equals("yes")) {
                assertThat(refused.id()).isEqualTo(new RequestId("5"));
            } else {
                assertThat(refused.id()).isNull();
            }
        });
    }

    @ParameterizedTest
    @ValueSource(strings = {"connect", "refresh"})
    void shouldNotShowTheTokenInText(String command) {
        // When
        ClientFrame frame = reader.read("{\"id\":1,\"" + command + "\":{\"token\":\"secret\"}}");

        // Then
        assertThat(frame.toString()).contains("id=").doesNotContain("secret");
    }
}
