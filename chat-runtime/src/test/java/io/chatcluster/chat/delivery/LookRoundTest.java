package io.chatcluster.chat.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class LookRoundTest {

    private static final int STARTED_MAX = 400;

    private final List<Room> rooms =
            IntStream.range(0, 5_000).mapToObj(i -> new Room("room:" + i)).toList();
    private final LookRound<Room> round = new LookRound<>(rooms, STARTED_MAX);

    @Test
    void shouldGiveEachItsTurnAlthoughMoreAreDueThanAreLookedAtInARun() {
        // When every room is due again before the round has come to its end
        for (int run = 0; run < 2 * rooms.size() / STARTED_MAX; run++) {
            look(room -> true);
        }

        // Then
        assertThat(rooms).allSatisfy(room -> assertThat(room.looks).isEqualTo(2));
    }

    @Test
    void shouldStartNoMoreThanItMayInOneRun() {
        // When
        look(room -> true);

        // Then
        assertThat(rooms.stream().mapToInt(room -> room.looks).sum()).isEqualTo(STARTED_MAX);
    }

    @Test
    void shouldComeRoundInOneRunToTheFewThatAreDue() {
        // Given
        look(room -> true);

        // When
        look(room -> room == rooms.getFirst() || room == rooms.getLast());

        // Then
        assertThat(rooms.getFirst().looks).isEqualTo(2);
        assertThat(rooms.getLast().looks).isOne();
    }

    private void look(Predicate<Room> due) {
        round.next(due).forEach(Room::check);
    }

    private static final class Room implements Checked {
        private final String channel;
        private int looks;

        Room(String channel) {
            this.channel = channel;
        }

        @Override
        public String channel() {
            return channel;
        }

        @Override
        public NextLook look() {
            return new NextLook();
        }

        @Override
        public void check() {
            looks++;
        }
    }
}
