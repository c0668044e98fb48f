package io.chatcluster.chat.session;

import static io.chatcluster.chat.services.Patience.await;
import static io.chatcluster.chat.services.TwoPods.ALICE;
import static io.chatcluster.chat.services.TwoPods.BOB;
import static org.assertj.core.api.Assertions.assertThat;

import io.chatcluster.chat.presence.Presence;
import io.chatcluster.chat.presence.PresenceState;
import io.chatcluster.chat.presence.PresenceTimes;
import io.chatcluster.chat.services.PresencePod;
import io.chatcluster.chat.services.TwoPods;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Which frames are handled on the thread that brings them, and that nobody could tell it by the answers. */
@Execution(ExecutionMode.CONCURRENT)
class FrameAtOnceTest {
    private static final PresenceTimes TIMES = PresencePod.times(Duration.ofSeconds(1), Duration.ofSeconds(1));

    @RegisterExtension
    final TwoPods pods = new TwoPods();

    private final List<AutoCloseable> open = new ArrayList<>();
    private PresencePod presence;

    @BeforeEach
    void open() {
        presence = pods.one().presence(TIMES);
        open.add(presence);
    }

    @AfterEach
    void close() throws Exception {
        for (AutoCloseable one : open.reversed()) {
            one.close();
        }
    }

    @Test
    void shouldSendToAGroupAtOnce() {
        // Given
        PodSession alice = opened(100).connect(ALICE);
        String send = send(1, "m1");

        // When
        alice.session.receive(send);

        // Then
        assertThat(alice.atOnce).containsExactly(send);
        assertThat(alice.reply(1).at("/send/seq").asLong()).isEqualTo(1);
        assertThat(sent()).containsExactly("m1");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{'id':1,'ping':{}}",
                "{'id':1,'edit':{'room':'ROOM','seq':1,'text':'changed'}}",
                "{'id':1,'history':{'room':'ROOM'}}",
                "{'id':1,'send':{'room':'ROOM','clientMessageId':'m2','text':'reply','replyTo':1}}",
                "{'id':1,'send':{'room':'ROOM','clientMessageId':'m2','attachments':['a-1']}}",
                "{'id':1,'send':{'room':'g-of-others','clientMessageId':'m2','text':'hi'}}",
                "{'id':1,'send':{'room':'no id','clientMessageId':'m2','text':'hi'}}",
                "{'id':1,'send':{'room':'ROOM'}}",
                "{'id':1,'send':{'room':'ROOM','clientMessageId':'m2','text':'hi'}}\n{'id':2,'ping':{}}"
            })
    void shouldLeaveToAThreadWhatMayBlock(String frame) {
        // Given
        PodSession alice = opened(100).connect(ALICE);
        pods.send(pods.one(), 1, 1);
        String text = frame.replace('\'', '"').replace("ROOM", pods.room().value());

        // When
        alice.session.receive(text);

        // Then
        assertThat(alice.reply(1)).isNotEmpty();
        assertThat(alice.onThread).containsExactly(text);
        assertThat(alice.atOnce).isEmpty();
    }

    @Test
    void shouldLeaveToAThreadWhatABlockMayForbid() {
        // Given
        String direct = pods.one().rooms.direct(ALICE, BOB).room().id().value();
        PodSession alice = opened(100).connect(ALICE);
        String send = send(1, "m1").replace(pods.room().value(), direct);

        // When
        alice.session.receive(send);

        // Then
        assertThat(alice.reply(1).has("send")).isTrue();
        assertThat(alice.onThread).containsExactly(send);
    }

    @Test
    void shouldLeaveToAThreadWhatComesFromNobody() {
        // Given
        PodSession nobody = opened(100);
        String send = send(1, "m1");

        // When
        nobody.session.receive(send);

        // Then
        assertThat(nobody.reply(1).at("/error/code").asText()).isEqualTo("unauthenticated");
        assertThat(nobody.onThread).containsExactly(send);
    }

    @Test
    void shouldRefuseAtOnceWhatIsTooMuch() {
        // Given
        PodSession alice = opened(1).connect(ALICE);

        // When it is one more than one may send at once
        IntStream.rangeClosed(1, 6).forEach(i -> alice.session.receive(send(i, "m" + i)));

        // Then
        IntStream.rangeClosed(1, 5).forEach(alice::reply);
        assertThat(alice.replies(6))
                .extracting(reply -> reply.at("/error/code").asText())
                .containsExactly("rate_limited");
        assertThat(alice.atOnce).hasSize(6);
    }

    @Test
    void shouldTakeWhatIsSentAtOnceForASignOfUse() {
        // Given
        PodSession alice = opened(100).connect(ALICE);
        List<Presence> told = presence.watch(BOB, ALICE);
        await("away").until(() -> states(told).contains(PresenceState.AWAY));

        // When
        alice.session.receive(send(1, "m1"));

        // Then
        assertThat(alice.atOnce).hasSize(1);
        assertThat(alice.reply(1).has("send")).isTrue();
        await("online again").until(() -> {
            List<PresenceState> states = states(told);
            return states.lastIndexOf(PresenceState.ONLINE) > states.indexOf(PresenceState.AWAY);
        });
    }

    @Test
    void shouldKeepTheOrderOfFramesThatGoEitherWay() {
        // Given
        PodSession alice = opened(1_000).connect(ALICE);
        int count = 400;

        // When
        for (int i = 1; i <= count; i++) {
            String send = send(i, "m" + i);
            alice.session.receive(i % 8 == 0 ? send + "\n{\"id\":" + (count + i) + ",\"ping\":{}}" : send);
            if (i % 5 == 0) {
                // Some come while others are handled, and some when nothing is before them.
                var _ = alice.reply(i);
            }
        }

        // Then
        var _ = alice.reply(count);
        assertThat(alice.atOnce).hasSizeGreaterThan(count / 8);
        assertThat(alice.onThread).hasSizeGreaterThanOrEqualTo(count / 8);
        assertThat(sent())
                .containsExactlyElementsOf(
                        IntStream.rangeClosed(1, count).mapToObj(i -> "m" + i).toList());
    }

    private PodSession opened(int messagesPerSecond) {
        PodSession session = new PodSession(pods.one(), presence, messagesPerSecond);
        open.add(session);
        return session;
    }

    private String send(int id, String text) {
        return """
                {"id":%d,"send":{"room":"%s","clientMessageId":"%s","text":"%s"}}""".formatted(id, pods.room(), text, text);
    }

    /** The messages of the room, by the ids that the client gave them. */
    private List<String> sent() {
        return pods.one().log.after(pods.room(), 0, 1_000).stream()
                .map(event ->
                        PodSession.parse(event.json()).path("clientMessageId").asText())
                .toList();
    }

    private static List<PresenceState> states(List<Presence> told) {
        return told.stream().map(Presence::state).toList();
    }
}
