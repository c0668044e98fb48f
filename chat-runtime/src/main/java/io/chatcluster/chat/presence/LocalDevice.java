package io.chatcluster.chat.presence;

import io.chatcluster.chat.room.UserId;
import java.time.Duration;

/** A connection to this pod. */
final class LocalDevice implements Device {

    private final UserId user;
    private final LocalDevices devices;
    private volatile long activeAt;

    /** @param idle since it was last used, perhaps by another connection */
    LocalDevice(UserId user, LocalDevices devices, Duration idle) {
        this.user = user;
        this.devices = devices;
        this.activeAt = System.nanoTime() - idle.toNanos();
    }

    @Override
    public void active() {
        long before = activeAt;
        long now = System.nanoTime();
        activeAt = now;
        devices.active(user, now - before);
    }

    long activeAt() {
        return activeAt;
    }

    @Override
    public void close() {
        devices.closed(user, this);
    }
}
