package io.chatcluster.chat.presence;

import java.util.function.Consumer;

/** A connection to this pod. */
final class LocalDevice implements Device {

    private final Consumer<LocalDevice> onClose;
    private volatile long activeAt = System.nanoTime();

    LocalDevice(Consumer<LocalDevice> onClose) {
        this.onClose = onClose;
    }

    @Override
    public void active() {
        activeAt = System.nanoTime();
    }

    long activeAt() {
        return activeAt;
    }

    @Override
    public void close() {
        onClose.accept(this);
    }
}
