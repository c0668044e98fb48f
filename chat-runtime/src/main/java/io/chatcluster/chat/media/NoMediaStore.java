package io.chatcluster.chat.media;

import io.chatcluster.chat.protocol.ChatException;
import io.chatcluster.chat.protocol.ErrorCode;
import io.chatcluster.chat.room.RoomId;
import java.net.URI;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/** What a cluster without a bucket has. */
public final class NoMediaStore implements MediaStore {

    @Override
    public void requireSupported() {
        throw unsupported();
    }

    @Override
    public void requireReachable() {
        throw unsupported();
    }

    @Override
    public SignedUrl uploadUrl(Upload upload) {
        throw unsupported();
    }

    @Override
    public Optional<UploadedObject> uploaded(Upload upload) {
        throw unsupported();
    }

    @Override
    public byte[] read(Upload upload, UploadedObject object, int count) {
        throw unsupported();
    }

    @Override
    public URI keep(Upload upload, UploadedObject object) {
        throw unsupported();
    }

    @Override
    public URI renew(MediaAttachment.Verified attachment) {
        throw unsupported();
    }

    @Override
    public void discard(Upload upload) {
        throw unsupported();
    }

    @Override
    public void delete(RemovedObject object) {
        throw unsupported();
    }

    @Override
    public void objects(RoomId room, Consumer<List<RemovedObject>> page) {
        // There are none.
    }

    @Override
    public SignedUrl downloadUrl(MediaAttachment.Verified attachment) {
        throw unsupported();
    }

    private static ChatException unsupported() {
        return new ChatException(ErrorCode.UNSUPPORTED, "this cluster has no media: attachments cannot be used");
    }
}
