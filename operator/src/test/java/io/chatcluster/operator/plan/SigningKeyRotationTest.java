package io.chatcluster.operator.plan;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** A key is replaced while tokens of either are accepted at every moment. */
class SigningKeyRotationTest {
    private static final Duration OVERLAP = Duration.ofHours(24);
    private static final SeededRandom RANDOM = new SeededRandom();

    private static Rotation step(@Nullable Map<String, String> found, String token, Instant now, TakenUp takenUp) {
        return new SigningKeyRotation(new RotationRequest(token, null, OVERLAP, now), takenUp, RANDOM).step(found);
    }

    private static TakenUp knowing(String... ids) {
        return new TakenUp(true, Set.of(ids), Set.of(), null);
    }

    private static List<String> ids(Map<String, String> data) throws IOException {
        var keys =
                new ObjectMapper().readTree(SecretData.text(data, "jwks.json")).path("keys");
        return StreamSupport.stream(keys.spliterator(), false)
                .map((JsonNode key) -> key.path("kid").asText())
                .toList();
    }

    private static String privateKey(Map<String, String> data) {
        return Objects.requireNonNull(SecretData.text(data, "private.pem"));
    }

    @Test
    void shouldMakeOneKeyAndNotRotateItForARequestThatIsOlder() throws IOException {
        // Given
        var made = step(null, "one", Plans.NOW, TakenUp.NOTHING).data();

        // When
        var again = step(made, "one", Plans.NOW.plus(Duration.ofDays(900)), knowing());

        // Then
        assertThat(again.data()).isEqualTo(made);
        assertThat(again.progress()).isNull();
        assertThat(ids(made)).hasSize(1);
    }

    @Test
    void shouldKeepSigningWithTheFormerKeyUntilEveryPodKnowsTheNewOne() throws IOException {
        // Given
        var made = step(null, "", Plans.NOW, TakenUp.NOTHING).data();
        var former = ids(made).getFirst();

        // When
        var published = step(made, "one", Plans.NOW, knowing(former));
        var waiting = step(published.data(), "one", Plans.NOW.plus(Duration.ofDays(2)), knowing(former));

        // Then
        assertThat(ids(published.data())).hasSize(2).startsWith(former);
        assertThat(privateKey(published.data())).isEqualTo(privateKey(made));
        assertThat(waiting.data()).isEqualTo(published.data());
        assertThat(waiting.progress()).contains(ids(published.data()).getLast());
    }

    @Test
    void shouldAcceptTokensOfTheFormerKeyForTheOverlapAndNoLonger() throws IOException {
        // Given
        var made = step(null, "", Plans.NOW, TakenUp.NOTHING).data();
        var published = step(made, "one", Plans.NOW, knowing()).data();
        var both = ids(published);
        var next = SecretData.text(published, "next.pem");

        // When
        var switched = step(published, "one", Plans.NOW, knowing(both.toArray(String[]::new)))
                .data();
        var before = step(switched, "one", Plans.NOW.plus(OVERLAP).minusSeconds(1), TakenUp.NOTHING);
        var after = step(switched, "one", Plans.NOW.plus(OVERLAP), TakenUp.NOTHING);

        // Then
        assertThat(privateKey(switched)).isEqualTo(next);
        assertThat(switched).doesNotContainKey("next.pem");
        assertThat(ids(before.data())).containsExactly(both.getLast(), both.getFirst());
        assertThat(before.progress()).contains("2026-11-25T12:00:00Z");
        assertThat(ids(after.data())).containsExactly(both.getLast());
        assertThat(after.progress()).isNull();
    }

    @Test
    void shouldSayTheSameAtEachVisitAsLongAsNothingCanBeWritten() throws IOException {
        // Given
        var made = step(null, "", Plans.NOW, TakenUp.NOTHING).data();
        var published = step(made, "one", Plans.NOW, knowing()).data();
        var known = knowing(ids(published).toArray(String[]::new));
        var later = Plans.NOW.plusSeconds(30);

        // When
        var begins = step(made, "one", Plans.NOW, knowing());
        var stillBegins = step(made, "one", later, knowing());
        var takesOver = step(published, "one", Plans.NOW, known);
        var stillTakesOver = step(published, "one", later, known);

        // Then
        assertThat(begins.progress()).isNotNull().isEqualTo(stillBegins.progress());
        assertThat(takesOver.progress()).isNotNull().isEqualTo(stillTakesOver.progress());
    }

    @Test
    void shouldSayWhatARequestWaitsForThatComesWhileTwoKeysCount() throws IOException {
        // Given
        var made = step(null, "", Plans.NOW, TakenUp.NOTHING).data();
        var published = step(made, "one", Plans.NOW, knowing()).data();
        var known = knowing(ids(published).toArray(String[]::new));
        var switched = step(published, "one", Plans.NOW, known).data();

        // When
        var same = step(switched, "one", Plans.NOW.plusSeconds(30), known);
        var another = step(switched, "two", Plans.NOW.plusSeconds(30), known);
        var begun = step(another.data(), "two", Plans.NOW.plus(OVERLAP), known);
        var second = step(begun.data(), "two", Plans.NOW.plus(OVERLAP), known);

        // Then
        assertThat(same.progress()).contains("until 2026-11-25T12:00:00Z").doesNotContain("Another rotation");
        assertThat(another.progress()).contains("until 2026-11-25T12:00:00Z", "Another rotation is due");
        assertThat(another.data()).isEqualTo(switched);
        assertThat(second.data()).containsKey("next.pem");
    }

    @Test
    void shouldRotateOnceForARequest() throws IOException {
        // Given
        var data = step(null, "", Plans.NOW, TakenUp.NOTHING).data();

        // When
        for (int visit = 0; visit < 9; visit++) {
            data = step(data, "one", Plans.NOW.plus(OVERLAP.multipliedBy(visit)), TakenUp.NOBODY)
                    .data();
        }
        var once = ids(data);
        data = step(data, "two", Plans.NOW.plus(OVERLAP.multipliedBy(9)), TakenUp.NOBODY)
                .data();

        // Then
        assertThat(once).hasSize(1);
        assertThat(ids(data)).hasSize(2).startsWith(once.getFirst());
    }

    @Test
    void shouldRotateAKeyThatHasTheAgeOfTheSchedule() {
        // Given
        var data = step(null, "", Plans.NOW, TakenUp.NOTHING).data();
        var young = new RotationRequest("", Duration.ofDays(30), OVERLAP, Plans.NOW.plus(Duration.ofDays(29)));
        var old = new RotationRequest("", Duration.ofDays(30), OVERLAP, Plans.NOW.plus(Duration.ofDays(30)));

        // When
        var kept =
                new SigningKeyRotation(young, TakenUp.NOBODY, RANDOM).step(data).data();
        var rotated =
                new SigningKeyRotation(old, TakenUp.NOBODY, RANDOM).step(data).data();

        // Then
        assertThat(kept).isEqualTo(data);
        assertThat(rotated).containsKey("next.pem");
    }

    @Test
    void shouldTouchNothingOfAKeySetThatItCannotRead() {
        // Given
        var spoilt = SecretData.encode(Map.of("private.pem", "key", "jwks.json", "{"));

        // When
        var kept = step(spoilt, "one", Plans.NOW, TakenUp.NOBODY);

        // Then
        assertThat(kept.data()).isEqualTo(spoilt);
    }
}
