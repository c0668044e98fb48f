package io.chatcluster.chat.delivery;

import java.util.Collection;
import java.util.Collections;
import java.util.Iterator;
import java.util.function.Predicate;

/**
 * Starts the looks that are due, a number at a time, and goes on where it stopped: however many are due, each has its turn.
 * For use by one thread.
 */
final class LookRound {

    private final Collection<? extends Checked> all;
    private final int startedMax;
    private Iterator<? extends Checked> position = Collections.emptyIterator();

    /** @param all may change while an iterator is open */
    LookRound(Collection<? extends Checked> all, int startedMax) {
        this.all = all;
        this.startedMax = startedMax;
    }

    void run(Predicate<Checked> due) {
        int started = 0;
        for (int left = all.size(); left > 0 && started < startedMax; left--) {
            if (!position.hasNext()) {
                position = all.iterator();
            }
            if (!position.hasNext()) {
                return;
            }
            Checked one = position.next();
            if (due.test(one)) {
                started++;
                one.check();
            }
        }
    }
}
