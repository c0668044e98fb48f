package io.chatcluster.chat.message;

import io.chatcluster.chat.protocol.ChatException;
import io.chatcluster.chat.room.RoomId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Predicate;

/**
 * The truth about what was said in every room: batches of events, each beginning where the one before ended. Old ones may
 * expire, which takes them from the beginning of the log; a sequence is never given again.
 *
 * <p>Every read sees every append that was answered before the read began. All methods block, and throw a
 * {@link ChatException} with {@code unavailable} when the log does not answer in time.
 */
public interface MessageLog {

    /** About so many rooms {@link #goneOn} is asked at once at most. */
    int ASKED_TOGETHER_MAX = 100;

    /**
     * Appends the batch if its first sequence is still free. The caller promises that a committed batch ends right
     * before it.
     *
     * @throws ChatException {@code unavailable} when it is not known whether the batch is in the log: it may be, and it
     *     may still get there later
     * @throws IllegalStateException when the store would never take the batch: it is not in the log
     */
    Append append(Batch batch);

    /**
     * Appends as {@link #append}, and never blocks.
     *
     * @param answered hears what became of it, on any thread, the caller's included; empty when this one attempt does not tell:
     *     {@link #append} of the very same batch does
     * @return false where something else than the answer would have to be waited for: nothing was tried, and nobody hears of it
     */
    boolean tryAppend(Batch batch, Consumer<Optional<Append>> answered);

    /** Where the room's log ends. */
    Tail tail(RoomId room);

    /**
     * Where a writer goes on, which is where every other writer goes on who asks within the next half hour: of what
     * they append there one wins.
     */
    Tail claim(RoomId room);

    /**
     * Which of the rooms have a batch that begins right after the sequence, in one request for all. A log goes on there but for one thing that only {@link #forward} finds: when all of it has expired, it goes on further up.
     *
     * @param tails where each room's log ended, of {@value #ASKED_TOGETHER_MAX} rooms at most
     */
    Set<RoomId> goneOn(Map<RoomId, Long> tails);

    /** The last batch that begins at or before {@code seq}: the one that holds it, if the room goes that far. */
    Optional<Batch> at(RoomId room, long seq);

    /**
     * Batches that begin at or after {@code fromSeq}, ascending: at least {@code events} events if there are as many,
     * and not many more.
     */
    List<Batch> forward(RoomId room, long fromSeq, int events);

    /**
     * Batches that begin before {@code beforeSeq}, descending: at least {@code events} events if there are as many, and
     * not many more.
     */
    List<Batch> backward(RoomId room, long beforeSeq, int events);

    /**
     * Hands over the batches that begin before {@code beforeSeq}, descending, until one is answered with false. Holds few at
     * a time, however many there are.
     */
    void backward(RoomId room, long beforeSeq, Predicate<Batch> more);

    /** Events after {@code afterSeq}, ascending and dense: {@code events} of them if there are as many. */
    default List<StoredEvent> after(RoomId room, long afterSeq, int events) {
        List<StoredEvent> found = new ArrayList<>();
        long next = afterSeq + 1;
        Optional<Batch> holding = afterSeq == 0 ? Optional.empty() : at(room, next);
        if (holding.isPresent() && holding.get().lastSeq() >= next) {
            holding.get().addTo(found, afterSeq, Long.MAX_VALUE);
            next = holding.get().lastSeq() + 1;
        }
        if (found.size() < events) {
            found.addAll(Batch.slice(forward(room, next, events - found.size()), afterSeq, Long.MAX_VALUE));
        }
        return found.size() > events ? found.subList(0, events) : found;
    }
}
