package io.chatcluster.chat.message;

import static org.assertj.core.api.Assertions.assertThat;

import io.chatcluster.chat.room.RoomId;
import io.chatcluster.chat.room.UserId;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class DedupeWindowTest {

    private static final RoomId ROOM = new RoomId("r");
    private static final UserId ALICE = new UserId("alice");

    private static String body(String id) {
        return EventBody.message(new SendMessage(ALICE, ROOM, id, "text \"quoted\" \\", List.of(), null), List.of());
    }

    @Test
    void shouldAgreeWithAMapOverManyRandomBatches() {
        // Given
        Random random = new Random(4711);
        DedupeWindow window = new DedupeWindow();
        Map<String, Ack> expected = new HashMap<>();
        long seq = 1;
        long time = 1_000_000;

        // When
        for (int i = 0; i < 3_000; i++) {
            int size = 1 + random.nextInt(20);
            long first = seq;
            List<String> bodies = IntStream.range(0, size)
                    .mapToObj(n -> random.nextInt(10) == 0 ? EventBody.delete(ALICE, 1) : body("id \"" + (first + n)))
                    .toList();
            window.add(new Batch(ROOM, first, "b", time, bodies));
            for (int n = 0; n < size; n++) {
                String identity = EventBody.identity(bodies.get(n));
                if (!identity.isEmpty()) {
                    expected.put(identity, new Ack(first + n, time, true));
                }
            }
            seq += size;
            time += random.nextInt(2_000);
            long kept = time - DedupeWindow.KEPT_MILLIS;
            expected.values().removeIf(ack -> ack.time() < kept - 2_000);
        }

        // Then
        long since = time - DedupeWindow.KEPT_MILLIS;
        assertThat(expected).hasSizeGreaterThan(1_000);
        expected.forEach((identity, ack) -> {
            if (ack.time() >= since) {
                assertThat(window.find(identity)).isEqualTo(ack);
            }
        });
        assertThat(window.find(EventBody.identity(body("id \"1")))).isNull();
    }

    @Test
    void shouldKnowTheSameWhenItIsFilledFromTheEnd() {
        // Given batches in which every identity comes twice
        DedupeWindow ascending = new DedupeWindow();
        DedupeWindow descending = new DedupeWindow();
        List<Batch> batches = IntStream.range(0, 400)
                .mapToObj(i -> new Batch(ROOM, 3L * i + 1, "b", 1_000 + i, bodies(i)))
                .toList();
        Batch next = new Batch(ROOM, 1_201, "b", 2_000, List.of(body("next")));

        // When
        batches.forEach(ascending::add);
        descending.add(batches.getLast());
        batches.subList(0, 399).reversed().forEach(descending::addBefore);
        descending.add(next);

        // Then
        for (int i = 0; i < 400; i++) {
            for (String body : bodies(i)) {
                String identity = EventBody.identity(body);
                assertThat(descending.find(identity)).isEqualTo(ascending.find(identity));
            }
        }
        assertThat(descending.find(EventBody.identity(body("0")))).isEqualTo(new Ack(1, 1_000, true));
        assertThat(descending.find(EventBody.identity(body("next")))).isEqualTo(new Ack(1_201, 2_000, true));
    }

    private static List<String> bodies(int batch) {
        return List.of(body("" + batch / 2), EventBody.delete(ALICE, 1), body("other " + batch));
    }

    @Test
    void shouldTellIdsApartThatLookAlike() {
        // Given
        DedupeWindow window = new DedupeWindow();

        // When
        window.add(new Batch(ROOM, 1, "b", 1, List.of(body("a"))));

        // Then
        assertThat(window.find(EventBody.identity(body("a")))).isEqualTo(new Ack(1, 1, true));
        assertThat(window.find(EventBody.identity(body("a\"")))).isNull();
        assertThat(window.find(EventBody.identity(body("aa")))).isNull();
    }
}
