package io.chatcluster.chat.delivery;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Comparator;
import java.util.List;

/**
 * Highest random weight hashing (Thaler and Ravishankar, 1998): every pod finds the same shards for a key, and a change
 * of the shard list moves only the keys of the shards that changed.
 */
final class Rendezvous {

    private Rendezvous() {}

    /** The {@code count} best nodes for the key, or all if there are fewer. */
    static List<String> top(String key, List<String> nodes, int count) {
        if (nodes.size() <= count) {
            return nodes;
        }
        return nodes.stream()
                .sorted(Comparator.comparingLong((String node) -> weight(key, node))
                        .reversed()
                        .thenComparing(node -> node))
                .limit(count)
                .toList();
    }

    private static long weight(String key, String node) {
        try {
            byte[] digest =
                    MessageDigest.getInstance("SHA-256").digest((node + ' ' + key).getBytes(StandardCharsets.UTF_8));
            return ByteBuffer.wrap(digest).getLong();
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
