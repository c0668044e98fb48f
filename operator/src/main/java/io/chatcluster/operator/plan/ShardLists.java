package io.chatcluster.operator.plan;

import static java.util.stream.Collectors.joining;

import java.util.Collection;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The Redis servers as chat pods are told of them: one list or, while servers come and go, the former and the new one. With
 * two, pods publish and subscribe by both, so that pods that know only the former list, or already only the new one, miss
 * nothing. While the operator's servers give way to those that somebody else runs, or the other way round, pods are let in by
 * those only that they were made for, and use these lists: what pods of one kind say, the others read from the log.
 *
 * @param lists of {@code host:port}, separated by spaces; last the one that stays
 * @param former how many of them, the first, are of servers that give way to others that somebody else runs
 * @param lastingUsed whether there are pods for the servers that stay
 */
public record ShardLists(List<String> lists, int former, boolean lastingUsed) {
    /**
     * For which servers there are pods, or may be again.
     *
     * @param former for those of the kind that gives way
     * @param lasting for those of the kind that is wanted
     */
    record Used(boolean former, boolean lasting) {}

    /** Where chat pods find the file, beside their settings. */
    public static final String DIRECTORY = "/app/config";

    public static final String FILE = "shards";

    /**
     * The next step from what pods are told now to the servers that are wanted.
     *
     * @param lasting whether a list is of servers of the kind that is wanted
     * @param used for which kinds of servers there are pods
     */
    static ShardLists step(
            @Nullable String told, Predicate<String> lasting, Used used, List<String> wanted, TakenUp takenUp) {
        var lists = (told == null ? "" : told)
                .lines()
                .filter(line -> !line.isBlank())
                .toList();
        var former = used.former() ? lists.stream().filter(lasting.negate()).toList() : List.<String>of();
        var next = step(
                lists.stream().filter(lasting).toList(),
                wanted.stream().sorted().collect(joining(" ")),
                takenUp);
        return new ShardLists(Stream.concat(former.stream(), next.stream()).toList(), former.size(), used.lasting());
    }

    private static List<String> step(List<String> lists, String wanted, TakenUp takenUp) {
        if (lists.isEmpty()) {
            return List.of(wanted);
        }
        if (lists.size() > 1 && takenUp.shards(lists)) {
            return List.of(lists.getLast());
        }
        if (lists.size() > 1) {
            // All pods still go by the first, so that it is safe to stay there where the servers that were to come
            // never do.
            return lists.getLast().equals(wanted) ? lists : List.of(lists.getFirst());
        }
        return lists.getFirst().equals(wanted) ? lists : List.of(lists.getFirst(), wanted);
    }

    /**
     * Without those of servers that no pod was made for: where pods are not to be what the spec wants, or not yet, these servers
     * need not even be there, and pods that miss some of theirs look for messages in the log all the time.
     */
    public ShardLists ofPodsThereAre() {
        return replacing() && !lastingUsed ? new ShardLists(lists.subList(0, former), 0, false) : this;
    }

    /** The file, a list in each line. */
    public String text() {
        return lists.stream().map(list -> list + "\n").collect(joining());
    }

    /** Whether servers come or go. */
    public boolean changing() {
        return lists.size() > 1;
    }

    /** Whether servers of the operator give way to those that somebody else runs, or the other way round. */
    public boolean replacing() {
        return former > 0;
    }

    /** Whether a pod hears all servers of a list. */
    public boolean anyReached(Collection<String> disconnected) {
        return lists.stream().anyMatch(list -> addresses(list).noneMatch(disconnected::contains));
    }

    /** How many servers there are to be in the end. */
    public long servers() {
        return addresses(lists.getLast()).count();
    }

    /** Whether pods are told of this server. */
    public boolean names(String address) {
        return lists.stream().flatMap(ShardLists::addresses).anyMatch(address::equals);
    }

    private static Stream<String> addresses(String list) {
        return Stream.of(list.split(" ", -1));
    }
}
