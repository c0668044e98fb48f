package io.chatcluster.chat.delivery;

import io.chatcluster.chat.room.UserId;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/** The connections that a room's events are offered to. For use in the feed's mailbox, but for {@link #unusedSince}. */
final class FeedConnections {

    private final List<FeedAttachment> attached = new ArrayList<>();
    private volatile int count;
    private volatile long usedAt = System.nanoTime();

    void add(FeedAttachment attachment) {
        attached.add(attachment);
        counted();
    }

    void remove(FeedAttachment attachment) {
        removeIf(a -> a == attachment);
    }

    /** Offers the push to all; those that do not take it are ended. Returns to how many. */
    int offer(String push) {
        int offered = attached.size();
        boolean ended = false;
        for (FeedAttachment attachment : attached) {
            attachment.offer(push);
            ended |= attachment.closed();
        }
        if (ended) {
            removeIf(FeedAttachment::closed);
        }
        return offered;
    }

    /** Offers what a full connection may miss. */
    void offerMomentary(Momentary momentary) {
        for (FeedAttachment attachment : attached) {
            if (!attachment.user().equals(momentary.except())) {
                attachment.offerMomentary(momentary.push());
            }
        }
    }

    boolean isEmpty() {
        return attached.isEmpty();
    }

    Set<UserId> users() {
        return attached.stream().map(FeedAttachment::user).collect(Collectors.toSet());
    }

    /** Nothing is offered any more to the user's connections. */
    void end(UserId user) {
        end(attachment -> attachment.user().equals(user));
    }

    void endAll() {
        end(attachment -> true);
    }

    private void end(Predicate<FeedAttachment> condition) {
        attached.stream().filter(condition).forEach(FeedAttachment::close);
        removeIf(FeedAttachment::closed);
    }

    private void removeIf(Predicate<FeedAttachment> condition) {
        attached.removeIf(condition);
        counted();
    }

    private void counted() {
        count = attached.size();
        use();
    }

    /** Counts as use. */
    void use() {
        usedAt = System.nanoTime();
    }

    /** Whether there was neither a connection nor a use since then. */
    boolean unusedSince(long nanoTime) {
        return count == 0 && usedAt - nanoTime < 0;
    }
}
