package io.chatcluster.chat.delivery;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.function.Predicate;

/**
 * Finds those whose look is due, a number at a time, and goes on where it stopped: however many are due, each has its turn.
 * For use by one thread.
 */
final class LookRound<C extends Checked> {

    private final Collection<C> all;
    private final int dueMax;
    private Iterator<C> position = Collections.emptyIterator();

    /**
     * @param all may change while an iterator is open
     * @param dueMax how many are found in one run at most
     */
    LookRound(Collection<C> all, int dueMax) {
        this.all = all;
        this.dueMax = dueMax;
    }

    /** Those that are due, of whom there may be more. */
    List<C> next(Predicate<C> isDue) {
        List<C> due = new ArrayList<>();
        for (int left = all.size(); left > 0 && due.size() < dueMax; left--) {
            if (!position.hasNext()) {
                position = all.iterator();
            }
            if (!position.hasNext()) {
                break;
            }
            C one = position.next();
            if (isDue.test(one)) {
                due.add(one);
            }
        }
        return due;
    }

    /** Whether there may be more that are due. */
    boolean isFull(List<C> due) {
        return due.size() == dueMax;
    }
}
