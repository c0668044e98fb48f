package io.chatcluster.chat.delivery;

import io.chatcluster.chat.message.Batch;
import io.chatcluster.chat.message.CommitListener;
import io.chatcluster.chat.room.MembershipListener;
import io.chatcluster.chat.room.RoomId;
import io.chatcluster.chat.room.UserId;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;

/** Spreads what this pod committed: to its own connections at once, to the other pods through the broker, best effort. */
@ApplicationScoped
public class Fanout implements CommitListener, MembershipListener {

    private final LocalHub hub;
    private final Broker broker;

    @Inject
    public Fanout(LocalHub hub, Broker broker) {
        this.hub = hub;
        this.broker = broker;
    }

    @Override
    public void committed(Batch batch) {
        hub.committed(batch);
        broker.publish(Payload.channel(batch.room()), Payload.encode(batch));
    }

    /**
     * Offers the push to the connections of all members but {@code from}, on every pod, should they and Redis have room for
     * it just now. Never blocks.
     */
    public void signal(RoomId room, UserId from, String push) {
        broker.publishOnce(Payload.channel(room), new Signal(from, push).encode());
    }

    @Override
    public void changed(RoomId room, UserId user) {
        hub.changed(room, user);
        broker.publish(OnlineUser.channel(user), room.value());
    }
}
