package io.chatcluster.chat.message;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.chatcluster.chat.media.Removals;
import io.chatcluster.chat.room.RoomId;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import org.jboss.logging.Logger;

/**
 * Keeps the states of changed messages up to date with the log, which alone is the truth.
 *
 * <p>Every batch that holds changes points to the one before that does, and every batch to the last one: from the room's
 * tail the changes that are not folded yet are found without reading anything else. Whoever commits a change folds it
 * afterwards, off the way to the acknowledgement; where that was lost with its pod, the next reader does it before it
 * answers. So a page shows changes that lie far behind it at the price of one query, a crash at any point loses none,
 * and a send costs nothing more. The files of deleted messages are removed on the way, so none is forgotten either.
 */
@ApplicationScoped
public class Folds {

    private static final Logger LOG = Logger.getLogger(Folds.class);
    private static final int ROOMS_REMEMBERED = 100_000;

    private final MessageLog log;
    private final ChangeStore store;
    private final Removals removals;
    private final Map<RoomId, CompletableFuture<Void>> due = new ConcurrentHashMap<>();
    /** How far rooms are known to be folded; never more than the truth. */
    private final Cache<RoomId, Long> folded =
            Caffeine.newBuilder().maximumSize(ROOMS_REMEMBERED).build();

    @Inject
    public Folds(MessageLog log, ChangeStore store, Removals removals) {
        this.log = log;
        this.store = store;
        this.removals = removals;
    }

    /** The states of the changed messages among {@code first..last}, with every change that is committed. Blocks. */
    Map<Long, MessageState> states(RoomId room, long first, long last) {
        return states(room, first, last, Set.of());
    }

    /** As above, with those of {@code others} that are changed, wherever they are. Blocks. */
    Map<Long, MessageState> states(RoomId room, long first, long last, Set<Long> others) {
        long lastChange = log.tail(room).lastChange();
        if (lastChange == 0) {
            return Map.of();
        }
        fold(room, lastChange);
        Map<Long, MessageState> states = new HashMap<>(store.states(room, first, last));
        for (long seq : others) {
            if (seq < first || seq > last) {
                states.putAll(store.states(room, seq, seq));
            }
        }
        return states;
    }

    /** Folds what is committed by now, some time soon; completes when that was tried. Never blocks. */
    CompletionStage<Void> foldSoon(RoomId room) {
        return due.computeIfAbsent(
                room,
                id -> CompletableFuture.runAsync(
                        () -> foldNow(id), Thread.ofVirtual().name("fold-" + id)::start));
    }

    private void foldNow(RoomId room) {
        due.remove(room);
        try {
            fold(room, log.tail(room).lastChange());
        } catch (RuntimeException e) {
            LOG.warnf("room %s: the changes are not folded, the next reader does it: %s", room, e);
        }
    }

    /** @param lastChange the first sequence of the last batch with changes */
    private void fold(RoomId room, long lastChange) {
        Long known = folded.getIfPresent(room);
        if (known != null && known >= lastChange) {
            return;
        }
        long from = store.foldedTo(room);
        if (from < lastChange) {
            Map<Long, List<MessageChange>> changes = new TreeMap<>();
            for (MessageChange change : changes(room, from, lastChange)) {
                changes.computeIfAbsent(change.target(), target -> new ArrayList<>())
                        .add(change);
            }
            changes.forEach((target, ofTarget) -> fold(room, target, ofTarget));
            store.advance(room, lastChange);
        }
        folded.asMap().merge(room, Math.max(from, lastChange), Math::max);
    }

    /** The changes in the batches after that at {@code from}, up to that at {@code lastChange}, ascending. */
    private List<MessageChange> changes(RoomId room, long from, long lastChange) {
        ArrayDeque<List<MessageChange>> ascending = new ArrayDeque<>();
        long position = lastChange;
        while (position > from) {
            Optional<Batch> batch = log.at(room, position);
            if (batch.isEmpty() || batch.get().firstSeq() != position) {
                // It has expired, and with it all before it and all they were about.
                break;
            }
            ascending.addFirst(Batch.slice(List.of(batch.get()), 0, Long.MAX_VALUE).stream()
                    .flatMap(event -> MessageChange.of(event).stream())
                    .toList());
            position = batch.get().changesBefore();
        }
        return ascending.stream().flatMap(List::stream).toList();
    }

    private void fold(RoomId room, long target, List<MessageChange> changes) {
        if (changes.stream().anyMatch(MessageChange.Deleted.class::isInstance)) {
            log.at(room, target)
                    .flatMap(batch -> batch.event(target))
                    .map(message -> EventBody.attachments(message.body()))
                    .filter(ids -> !ids.isEmpty())
                    .ifPresent(ids -> removals.remove(room, ids));
        }
        while (true) {
            MessageState stored =
                    store.states(room, target, target).getOrDefault(target, MessageState.unchanged(target));
            MessageState state = stored;
            for (MessageChange change : changes) {
                state = state.with(change);
            }
            if (state.lastChange() == stored.lastChange() || store.put(room, state)) {
                return;
            }
        }
    }
}
