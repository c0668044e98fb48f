package io.chatcluster.chat.session;

import io.chatcluster.chat.protocol.CloseCode;

/** Takes the first frame, and never says that it did. */
final class DeadWire implements Wire {
    @Override
    public void write(Source source) {
        var _ = source.take();
    }

    @Override
    public void ping() {
        // Nobody answers.
    }

    @Override
    public void close(CloseCode code) {
        // There is nothing to close.
    }
}
