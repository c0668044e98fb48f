package io.chatcluster.chat.delivery;

import io.chatcluster.chat.operations.ChatConfig;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.util.List;
import java.util.stream.Stream;

/**
 * The lists of shards that a pod goes by: one or, while shards come and go, the former and the new one. By two lists a key
 * belongs to the shards of both, so that pods that know only the former list, or already only the new one, miss nothing.
 */
record RedisPlacement(List<List<String>> lists) {

    private static final int COPIES = 2;

    /**
     * Reads the file, if there is one. Blocks.
     *
     * @throws UncheckedIOException naming the key, when it cannot be read or names no shard
     */
    static RedisPlacement read(ChatConfig.Redis config) {
        if (config.shardsFile().isEmpty()) {
            return new RedisPlacement(List.of(sorted(config.shards().orElse(List.of()).stream())));
        }
        var file = config.shardsFile().get();
        try {
            List<List<String>> lists = Files.readAllLines(file).stream()
                    .filter(line -> !line.isBlank())
                    .map(line -> sorted(Stream.of(line.strip().split(" +"))))
                    .toList();
            if (lists.isEmpty()) {
                throw new IOException("it names no shard");
            }
            return new RedisPlacement(lists);
        } catch (IOException e) {
            throw new UncheckedIOException("chat.redis.shards-file: cannot read " + file, e);
        }
    }

    private static List<String> sorted(Stream<String> addresses) {
        return addresses.distinct().sorted().toList();
    }

    List<String> addresses() {
        return sorted(lists.stream().flatMap(List::stream));
    }

    /** The shards that hold the key. First are those that it belongs to by every list: all pods look there. */
    List<String> place(String key) {
        List<List<String>> places = places(key);
        Stream<String> common =
                places.getFirst().stream().filter(address -> places.stream().allMatch(p -> p.contains(address)));
        return Stream.concat(common, places.stream().flatMap(List::stream))
                .distinct()
                .toList();
    }

    /** The shards that hold the key by each list. */
    List<List<String>> places(String key) {
        return lists.stream().map(list -> Rendezvous.top(key, list, COPIES)).toList();
    }

    boolean changing() {
        return lists.size() > 1;
    }

    /** The lists as the file has them. */
    List<String> lines() {
        return lists.stream().map(list -> String.join(" ", list)).toList();
    }
}
