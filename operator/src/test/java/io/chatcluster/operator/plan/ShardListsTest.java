package io.chatcluster.operator.plan;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Redis servers come and go in two steps, and none goes while a chat pod may use it. */
class ShardListsTest {
    private static final String ADDRESS = "demo-redis-%d.shop.svc:6379";

    private static final String EXTERNAL = "a.test:6379 b.test:6379";

    private static String list(int shards) {
        return java.util.stream.IntStream.range(0, shards)
                .mapToObj(ADDRESS::formatted)
                .collect(java.util.stream.Collectors.joining(" "));
    }

    private static TakenUp using(String... lists) {
        return new TakenUp(true, Set.of(), Set.of(), List.of(lists));
    }

    private static RedisPlan.Managed plan(int wanted, @Nullable String told, int running, TakenUp takenUp) {
        var cluster = Plans.cluster("dynamodb: {region: eu-west-1}\nredis: {managed: {shards: %d}}".formatted(wanted));
        var found = new Circumstances(
                SecretContents.NONE, takenUp, told, new RedisFound(running, null, true, false), Plans.NOW);
        return (RedisPlan.Managed)
                Plans.of(Plans.planner().plan(cluster, found)).redis();
    }

    @Test
    void shouldTellOfTheServersAtOnceWhereNobodyWasToldOfAny() {
        assertThat(plan(2, null, 0, TakenUp.NOTHING).lists().lists()).containsExactly(list(2));
    }

    @ParameterizedTest
    @CsvSource({"2,3", "3,2", "2,6"})
    void shouldTellOfBothListsFirstAndRunTheServersOfBoth(int before, int after) {
        // When
        var plan = plan(after, list(before) + "\n", before, using(list(before)));

        // Then
        assertThat(plan.lists().lists()).containsExactly(list(before), list(after));
        assertThat(plan.servers().running()).isEqualTo(Math.max(before, after));
    }

    @Test
    void shouldWaitForPodsThatDoNotUseBothListsYet() {
        // Given
        var told = list(2) + "\n" + list(3) + "\n";

        // Then
        assertThat(plan(3, told, 3, using(list(2))).lists().changing()).isTrue();
        assertThat(plan(3, told, 3, TakenUp.NOTHING).lists().changing()).isTrue();
        assertThat(plan(3, told, 3, using(list(2), list(3))).lists().lists()).containsExactly(list(3));
    }

    @Test
    void shouldKeepServersUntilNoPodUsesThem() {
        // Given
        var told = list(2) + "\n";

        // Then
        assertThat(plan(2, told, 3, using(list(3), list(2))).servers().running())
                .isEqualTo(3);
        assertThat(plan(2, told, 3, using(list(2))).servers().running()).isEqualTo(2);
    }

    @Test
    void shouldFinishAChangeThatAllPodsTookUpBeforeTheNext() {
        // Given
        var told = list(2) + "\n" + list(4) + "\n";

        // When
        var plan = plan(3, told, 4, using(list(2), list(4)));

        // Then
        assertThat(plan.lists().lists()).containsExactly(list(4));
        assertThat(plan.servers().running()).isEqualTo(4);
    }

    @ParameterizedTest
    @ValueSource(ints = {2, 3})
    void shouldTurnBackFromServersThatDoNotComeWhereOthersAreWanted(int wanted) {
        // Given
        var told = list(2) + "\n" + list(4) + "\n";

        // When
        var back = plan(wanted, told, 4, TakenUp.NOTHING);
        var next = plan(wanted, back.lists().text(), 4, TakenUp.NOTHING);

        // Then
        assertThat(back.lists().lists()).containsExactly(list(2));
        assertThat(next.lists().lists().getLast()).isEqualTo(list(wanted));
        assertThat(next.servers().running()).isEqualTo(4);
    }

    private static RedisPlan external(String told, RedisFound found) {
        var cluster = Plans.cluster(
                "dynamodb: {region: eu-west-1}\nredis: {external: {endpoints: ['b.test:6379', 'a.test:6379']}}");
        var circumstances = new Circumstances(SecretContents.NONE, TakenUp.NOTHING, told, found, Plans.NOW);
        return Plans.of(Plans.planner().plan(cluster, circumstances)).redis();
    }

    private static RedisFound found(boolean managedUsed) {
        return new RedisFound(3, PodDefaults.redisResources(), managedUsed, true);
    }

    @Test
    void shouldTellOfFormerServersAndRunThemAsLongAsPodsWereMadeForThem() {
        // Given
        var told = list(2) + "\n" + list(3) + "\n";

        // When
        var during = external(told, found(true));
        var after = external(during.lists().text(), found(false));

        // Then
        assertThat(during.lists().lists()).containsExactly(list(2), list(3), EXTERNAL);
        assertThat(during.lists().replacing()).isTrue();
        assertThat(during.servers()).extracting(RedisServers::running).isEqualTo(3);
        assertThat(after.lists()).isEqualTo(new ShardLists(List.of(EXTERNAL), 0, true));
        assertThat(after.servers()).isNull();
    }

    @Test
    void shouldTurnBackFromServersThatNoPodWasMadeForYet() {
        // Given
        var told = EXTERNAL + "\n" + list(2) + "\n";

        // When
        var plan = external(told, found(false));

        // Then
        assertThat(plan.lists().lists()).containsExactly(EXTERNAL);
        assertThat(plan.servers()).isNull();
    }

    @Test
    void shouldNotTakeServersOfSomebodyElseForItsOwn() {
        // When
        var plan = plan(2, "demo-redis-primary.shop.svc:6379\n", 0, TakenUp.NOTHING);

        // Then
        assertThat(plan.lists().lists()).containsExactly(list(2));
    }

    @Test
    void shouldReplaceNoChatPodForAnotherNumberOfServersOrARotation() {
        // Given
        var two = Plans.of("dynamodb: {region: eu-west-1}");
        var three = Plans.of("dynamodb: {region: eu-west-1}\nredis: {managed: {shards: 3}}");
        var cluster = Plans.cluster("dynamodb: {region: eu-west-1}");
        cluster.getMetadata().setAnnotations(java.util.Map.of("chatcluster.io/rotate", "now"));
        var contents = new SecretContents(
                Objects.requireNonNull(two.secrets().signingKey()),
                two.secrets().redisAuth(),
                null,
                java.util.Map.of());

        // When
        var rotating = Plans.of(Plans.plan(cluster, contents));

        // Then
        assertThat(rotating.secrets().rotations()).hasSize(2);
        assertThat(rotating.chat()).isEqualTo(two.chat());
        assertThat(three.chat()).isEqualTo(two.chat());
    }
}
