package io.chatcluster.chat.room;

import static io.chatcluster.chat.services.TwoPods.ALICE;
import static io.chatcluster.chat.services.TwoPods.BOB;
import static org.assertj.core.api.Assertions.assertThat;

import io.chatcluster.chat.services.Inbox;
import io.chatcluster.chat.services.Pod;
import io.chatcluster.chat.services.TwoPods;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What one is told of their rooms who comes back. */
class FollowingTest {

    private static final String OTHER = "\"type\":\"other\"}";
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    @RegisterExtension
    final TwoPods pods = new TwoPods(TwoPods.BY_REDIS_ALONE);

    @Test
    void shouldSpareTheLogALookAtARoomThatIsFollowedHere() {
        // Given
        Inbox follower = follow(pods.one());
        pods.send(pods.one(), 1, 3);
        follower.await(3, PATIENCE);
        List<Membership> memberships = memberships(pods.one(), BOB);
        int queries = pods.one().requests.count("Query");

        // When
        RoomView view = only(pods.one().rooms.following(memberships, Map.of(), 1));

        // Then
        assertThat(view.tail()).isEqualTo(3);
        assertThat(view.unread()).isEqualTo(3);
        assertThat(pods.one().requests.count("Query")).isEqualTo(queries);
    }

    @Test
    void shouldCountNeitherTheOwnMessagesNorWhatWasRead() {
        // Given
        Inbox follower = follow(pods.one());
        pods.send(pods.one(), 1, 3);
        follower.await(3, PATIENCE);
        pods.one().messages.read(BOB, pods.room(), 1);

        // When
        RoomView bobs = following(pods.one(), BOB, 0);
        RoomView alices = following(pods.one(), ALICE, 0);

        // Then
        assertThat(bobs.unread()).isEqualTo(2);
        assertThat(alices.unread()).isZero();
    }

    @Test
    void shouldTellTheSameWhereNobodyFollowsTheRoom() {
        // Given
        pods.send(pods.one(), 1, 3);

        // When
        RoomView view = following(pods.two(), BOB, 0);

        // Then
        assertThat(view.tail()).isEqualTo(3);
        assertThat(view.unread()).isEqualTo(3);
    }

    @Test
    void shouldReadTheLogForOneWhoHasMoreThanThisPodHasHeard() {
        // Given
        follow(pods.two());
        pods.commitUnpublished(pods.room(), OTHER);

        // When
        RoomView view = following(pods.two(), BOB, 1);

        // Then
        assertThat(view.tail()).isOne();
    }

    @Test
    void shouldReadTheLogForOneWhoHasReadMoreThanThisPodHasHeard() {
        // Given
        follow(pods.two());
        pods.commitUnpublished(pods.room(), OTHER);
        pods.one().messages.read(BOB, pods.room(), 1);

        // When
        RoomView view = following(pods.two(), BOB, 0);

        // Then
        assertThat(view.tail()).isOne();
    }

    private Inbox follow(Pod pod) {
        Inbox inbox = new Inbox();
        pod.hub.attach(ALICE, pods.room(), 0, inbox);
        pods.awaitRedis();
        return inbox;
    }

    private RoomView following(Pod pod, UserId user, long have) {
        return only(
                pod.rooms.following(memberships(pod, user), Map.of(pods.room().value(), have), 1));
    }

    private List<Membership> memberships(Pod pod, UserId user) {
        return pod.store.memberships(user).stream()
                .filter(membership -> membership.room().equals(pods.room()))
                .toList();
    }

    private static RoomView only(Following following) {
        assertThat(following.rooms()).hasSize(1);
        return following.rooms().getFirst();
    }
}
