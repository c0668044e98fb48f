package io.chatcluster.operator;

import java.util.concurrent.atomic.AtomicReferenceArray;

/**
 * Finds again what was seen lately, so that of equal values one is kept. It forgets what others push out: an interner that never
 * does would keep an entry for every name, UID and version, which never come twice.
 */
final class Repeated {
    private static final int PLACES = 1 << 14;

    private final AtomicReferenceArray<Object> seen = new AtomicReferenceArray<>(PLACES);

    /** The first of those that equal a value, as far as it is remembered. */
    <T> T first(T value) {
        var hash = value.hashCode();
        var place = (hash ^ hash >>> 16) & PLACES - 1;
        var latest = seen.getAcquire(place);
        if (value.equals(latest)) {
            return same(latest);
        }
        // Two places, so that two values that come again and again do not push each other out.
        var former = seen.getAcquire(place ^ 1);
        if (value.equals(former)) {
            return same(former);
        }
        seen.setRelease(place ^ 1, latest);
        seen.setRelease(place, value);
        return value;
    }

    @SuppressWarnings("unchecked")
    private static <T> T same(Object equal) {
        return (T) equal;
    }
}
