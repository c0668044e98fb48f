package io.chatcluster.chat.presence;

import io.chatcluster.chat.room.UserId;

/** A connection to this pod. */
final class LocalDevice implements Device {

    private final UserId user;
    private final LocalDevices devices;
    private volatile long activeAt = System.nanoTime();

    LocalDevice(UserId user, LocalDevices devices) {
        this.user = user;
        this.devices = devices;
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
