package io.chatcluster.operator.plan;

import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The Redis servers as chat pods are told of them: one list or, while servers come and go, the former and the new one. With
 * two, pods publish and subscribe by both, so that pods that know only the former list, or already only the new one, miss
 * nothing.
 *
 * @param lists of {@code host:port}, separated by spaces
 */
public record ShardLists(List<String> lists) {
    /** Where chat pods find the file, beside their settings. */
    public static final String DIRECTORY = "/app/config";

    public static final String FILE = "shards";

    /** The next step from what pods are told now to the servers that are wanted. */
    static ShardLists step(@Nullable String told, List<String> wanted, TakenUp takenUp) {
        var list = wanted.stream().sorted().collect(Collectors.joining(" "));
        var lists = (told == null ? "" : told)
                .lines()
                .filter(line -> !line.isBlank())
                .toList();
        if (lists.isEmpty()) {
            return new ShardLists(List.of(list));
        }
        if (lists.size() > 1) {
            return takenUp.shards(lists) ? new ShardLists(List.of(lists.getLast())) : new ShardLists(lists);
        }
        return lists.getFirst().equals(list) ? new ShardLists(lists) : new ShardLists(List.of(lists.getFirst(), list));
    }

    /** The file, a list in each line. */
    public String text() {
        return lists.stream().map(list -> list + "\n").collect(Collectors.joining());
    }

    /** Whether servers come or go. */
    public boolean changing() {
        return lists.size() > 1;
    }

    boolean names(String address) {
        return lists.stream().anyMatch(list -> List.of(list.split(" ", -1)).contains(address));
    }
}
