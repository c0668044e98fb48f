package io.chatcluster.chat.user;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.chatcluster.chat.protocol.ChatException;
import io.chatcluster.chat.protocol.ErrorCode;
import io.chatcluster.chat.room.UserId;
import io.chatcluster.chat.services.TwoPods;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class UserServiceTest {

    @RegisterExtension
    final TwoPods pods = new TwoPods();

    private final String run = UUID.randomUUID().toString();
    private final UserId erin = new UserId(run + "-Erin");

    @Test
    void shouldKnowAUserFromTheFirstSignIn() {
        // Given
        assertRefused(() -> pods.one().users.profile(erin), ErrorCode.NOT_FOUND);

        // When
        pods.one().users.signedIn(erin);

        // Then
        assertThat(pods.two().users.profile(erin).displayName()).isNull();
        assertThat(find(run)).containsExactly(erin);
    }

    @Test
    void shouldWriteNothingForAUserThatIsKnown() {
        // Given
        pods.one().users.signedIn(erin);
        int writes = pods.two().requests.count("TransactWriteItems");
        int reads = pods.two().requests.count("GetItem");

        // When
        IntStream.range(0, 10).forEach(i -> pods.two().users.signedIn(erin));

        // Then
        assertThat(pods.two().requests.count("TransactWriteItems")).isEqualTo(writes);
        assertThat(pods.two().requests.count("GetItem")).isEqualTo(reads + 1);
    }

    @Test
    void shouldKeepWhatAUserShowsWhenTheySignInElsewhere() {
        // Given
        pods.one().users.replace(erin, " Erin  Müller ", null);

        // When
        pods.two().users.signedIn(erin);

        // Then
        UserProfile profile = pods.one().users.profile(erin);
        assertThat(profile.displayName()).isEqualTo("Erin  Müller");
    }

    @Test
    void shouldFindUsersByIdAndDisplayNameInAnyCase() {
        // Given
        UserId frank = new UserId("f-" + run);
        pods.one().users.signedIn(erin);
        pods.one().users.replace(frank, "É" + run + " Ÿves", null);

        // When
        // Then
        assertThat(find((run + "-eR").toUpperCase(Locale.ROOT))).containsExactly(erin);
        assertThat(find("é" + run + "  ÿv")).containsExactly(frank);
        assertThat(find("f-" + run)).containsExactly(frank);
        assertThat(find("é" + run + " yv")).isEmpty();
    }

    @Test
    void shouldForgetTheNameFromBefore() {
        // Given
        pods.one().users.replace(erin, "before " + run, null);

        // When
        pods.two().users.replace(erin, "after " + run, null);

        // Then
        assertThat(find("before " + run)).isEmpty();
        assertThat(find("after " + run)).containsExactly(erin);
        pods.one().users.replace(erin, null, null);
        assertThat(find("after " + run)).isEmpty();
        assertThat(find(run)).containsExactly(erin);
    }

    @Test
    void shouldFindAUserByOneNameWhenTheyChangeItTwiceAtOnce() {
        // Given
        pods.one().users.signedIn(erin);

        // When
        CompletableFuture<UserProfile> one =
                CompletableFuture.supplyAsync(() -> pods.one().users.replace(erin, "one " + run, null));
        CompletableFuture<UserProfile> other =
                CompletableFuture.supplyAsync(() -> pods.two().users.replace(erin, "other " + run, null));
        CompletableFuture.allOf(one, other).join();

        // Then
        List<UserId> found = new ArrayList<>(find("one " + run));
        found.addAll(find("other " + run));
        assertThat(found).containsExactly(erin);
    }

    @Test
    void shouldPageWhatItFinds() {
        // Given
        IntStream.range(0, 7).forEach(i -> pods.one().users.signedIn(new UserId(run + "-" + i)));

        // When
        List<UserId> found = new ArrayList<>();
        UserPage page = pods.two().users.find(run, null, 3);
        while (page.next() != null) {
            page.users().forEach(profile -> found.add(profile.user()));
            page = pods.two().users.find(run, page.next(), 3);
        }
        page.users().forEach(profile -> found.add(profile.user()));

        // Then
        assertThat(found)
                .containsExactlyElementsOf(IntStream.range(0, 7)
                        .mapToObj(i -> new UserId(run + "-" + i))
                        .toList());
        assertRefused(() -> pods.two().users.find("x", " " + run, 3), ErrorCode.INVALID);
    }

    @Test
    void shouldFindAUserOnceWhoseIdAndNameBothBeginSo() {
        // Given
        List<UserId> users =
                IntStream.range(0, 3).mapToObj(i -> new UserId(run + "-" + i)).toList();
        users.forEach(user -> pods.one().users.replace(user, user.value().toUpperCase(Locale.ROOT) + " Müller", null));

        // When
        List<UserId> found = new ArrayList<>();
        UserPage page = pods.two().users.find(run, null, 1);
        while (page.next() != null) {
            page.users().forEach(profile -> found.add(profile.user()));
            page = pods.two().users.find(run, page.next(), 1);
        }
        page.users().forEach(profile -> found.add(profile.user()));

        // Then
        assertThat(found).containsExactlyElementsOf(users);
        assertThat(find(run + "-1 müll")).containsExactly(users.get(1));
    }

    @Test
    void shouldFillTheFirstPageWithUsersWhoseIdsAndNamesBothBeginSo() {
        // Given
        IntStream.range(0, 20).forEach(i -> pods.one().users.replace(new UserId(run + ".u" + i), run + " U" + i, null));

        // When
        List<UserId> found = find(run);

        // Then
        assertThat(found).hasSize(10).doesNotHaveDuplicates();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "\u00a0"})
    void shouldNotListEverybody(String query) {
        assertRefused(() -> pods.one().users.find(query, null, 10), ErrorCode.INVALID);
    }

    @Test
    void shouldRefuseWhatIsNoName() {
        assertRefused(() -> pods.one().users.replace(erin, "x".repeat(101), null), ErrorCode.INVALID);
        assertRefused(() -> pods.one().users.replace(erin, "a\nb", null), ErrorCode.INVALID);
    }

    private List<UserId> find(String query) {
        return pods.two().users.find(query, null, 10).users().stream()
                .map(UserProfile::user)
                .toList();
    }

    private static void assertRefused(ThrowingCallable call, ErrorCode code) {
        assertThatThrownBy(call)
                .isInstanceOfSatisfying(
                        ChatException.class, e -> assertThat(e.code()).isEqualTo(code));
    }
}
