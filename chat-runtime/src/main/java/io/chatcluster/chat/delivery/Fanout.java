package io.chatcluster.chat.delivery;

import io.chatcluster.chat.message.Batch;
import io.chatcluster.chat.message.CommitListener;
import io.chatcluster.chat.message.ReadListener;
import io.chatcluster.chat.protocol.FrameWriter;
import io.chatcluster.chat.protocol.ServerFrame;
import io.chatcluster.chat.room.MembershipListener;
import io.chatcluster.chat.room.RoomId;
import io.chatcluster.chat.room.UserId;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;

/** Spreads what this pod committed: to its own connections at once, to the other pods through the broker, best effort. Hears of a batch first. */
@ApplicationScoped
@Priority(2)
public class Fanout implements CommitListener, MembershipListener, ReadListener {

    private static final FrameWriter WRITER = new FrameWriter();

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

    @Override
    public void changed(RoomId room, UserId user) {
        hub.changed(room, user);
        broker.publish(OnlineUser.channel(user), room.value());
    }

    @Override
    public void read(RoomId room, UserId user, long seq) {
        momentary(room, new ServerFrame.Read(room.value(), user.value(), seq));
    }

    @Override
    public void readInLargeRoom(RoomId room, UserId user, long seq) {
        hub.read(room, user, seq);
        broker.publishOnce(OnlineUser.channel(user), new OwnRead(room, seq).encode(hub.origin()));
    }

    /** Pushes to all who listen to the room, on any pod, what is of use now or never. Never blocks. */
    public void momentary(RoomId room, ServerFrame.Push push) {
        spread(room, new Momentary(null, WRITER.write(push)));
    }

    /** Pushes it to all but the user's own connections. Never blocks. */
    public void momentaryToOthers(RoomId room, UserId except, ServerFrame.Push push) {
        spread(room, new Momentary(except, WRITER.write(push)));
    }

    private void spread(RoomId room, Momentary momentary) {
        hub.momentary(room, momentary);
        broker.publishOnce(Payload.channel(room), momentary.encode(hub.origin()));
    }
}
