package io.chatcluster.operator.plan;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** The password changes while both users are let in. */
class RedisUsersTest {
    private static final SeededRandom RANDOM = new SeededRandom();

    private static Rotation step(@Nullable Map<String, String> found, String token, TakenUp takenUp) {
        return new RedisUsers(new RotationRequest(token, null, Duration.ofHours(1), Plans.NOW), takenUp, RANDOM)
                .step(found);
    }

    private static TakenUp as(String... users) {
        return new TakenUp(true, Set.of(), Set.of(users), null);
    }

    private static List<String> credentials(Map<String, String> data) {
        return Objects.requireNonNull(SecretData.text(data, "credentials"))
                .lines()
                .toList();
    }

    private static List<String> users(Map<String, String> data) {
        return Objects.requireNonNull(SecretData.text(data, "users.conf"))
                .lines()
                .toList();
    }

    @Test
    void shouldLetInOneUserForChatPodsAndNotTheDefaultOne() {
        // When
        var made = step(null, "", TakenUp.NOTHING).data();

        // Then
        assertThat(credentials(made)).singleElement().asString().matches("chat-a [0-9a-f]{64}");
        assertThat(users(made))
                .contains("user default reset", "user chat-b reset")
                .filteredOn(line -> line.contains(" on "))
                .hasSize(2)
                .noneMatch(line -> line.contains(credentials(made).getFirst().substring(7)));
    }

    @Test
    void shouldMakeTheUsersOfAClusterThatHadOnePasswordForAll() {
        // Given
        var former = SecretData.encode(Map.of("password", "former", "redis.conf", "requirepass former"));

        // When
        var made = step(former, "", TakenUp.NOTHING);
        var again = step(made.data(), "", TakenUp.NOTHING);

        // Then
        assertThat(credentials(made.data())).singleElement().asString().startsWith("chat-a ");
        assertThat(users(made.data())).contains("user default reset");
        assertThat(made.data()).containsAllEntriesOf(former);
        assertThat(again.data()).isEqualTo(made.data());
    }

    @Test
    void shouldLetInBothUsersUntilEveryPodIsTheNewOneAtEveryServer() {
        // Given
        var made = step(null, "", TakenUp.NOTHING).data();

        // When
        var both = step(made, "one", as("chat-a"));
        var waiting = List.of(as("chat-a", "chat-b"), as("chat-b", ""), as("chat-a"), TakenUp.NOTHING).stream()
                .map(pods -> step(both.data(), "one", pods))
                .toList();
        var changed = step(both.data(), "one", as("chat-b"));

        // Then
        assertThat(credentials(both.data()))
                .hasSize(2)
                .endsWith(credentials(made).getFirst());
        assertThat(users(both.data())).filteredOn(line -> line.contains(" on ")).hasSize(3);
        assertThat(waiting).allSatisfy(step -> {
            assertThat(step.data()).isEqualTo(both.data());
            assertThat(step.progress()).contains("chat-b");
        });
        assertThat(credentials(changed.data()))
                .singleElement()
                .isEqualTo(credentials(both.data()).getFirst());
        assertThat(users(changed.data())).contains("user chat-a reset");
        assertThat(changed.progress()).isNull();
    }

    @Test
    void shouldRotateOnceForARequest() {
        // Given
        var first = step(step(null, "", TakenUp.NOTHING).data(), "one", TakenUp.NOBODY)
                .data();
        var done = step(first, "one", TakenUp.NOBODY).data();

        // When
        var again = step(done, "one", TakenUp.NOBODY);
        var another = step(done, "two", TakenUp.NOBODY);

        // Then
        assertThat(again.data()).isEqualTo(done);
        assertThat(credentials(another.data()))
                .hasSize(2)
                .first()
                .asString()
                .startsWith("chat-a ")
                .isNotEqualTo(credentials(first).getLast());
    }

    @Test
    void shouldPutBackUsersThatSomebodyChanged() {
        // Given
        var made = step(null, "", TakenUp.NOTHING).data();
        var spoilt = SecretData.with(made, Map.of("users.conf", "user default on nopass allkeys +@all"));

        // Then
        assertThat(step(spoilt, "", TakenUp.NOTHING).data()).isEqualTo(made);
    }
}
