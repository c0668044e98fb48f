package io.chatcluster.chat.media;

import io.chatcluster.chat.operations.ChatConfig;
import io.chatcluster.chat.protocol.ChatException;
import io.chatcluster.chat.protocol.ErrorCode;
import io.chatcluster.chat.room.RoomId;
import io.chatcluster.chat.room.UserId;
import io.chatcluster.chat.user.AvatarFiles;
import io.chatcluster.chat.user.UserStore;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.List;
import java.util.Set;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Pictures that users show of themselves. They are uploads for a place that no user is a member of, so what was sent to a
 * room never becomes public, nor a profile's picture a message's. Methods block.
 */
@ApplicationScoped
public class Avatars implements AvatarFiles {

    private static final Logger LOG = Logger.getLogger(Avatars.class);
    public static final int BYTES_MAX = 1024 * 1024;
    static final RoomId PLACE = new RoomId(RoomId.RESERVED_PREFIX + "avatars");

    /** Every browser shows them, and their size is known from the file. */
    private static final Set<String> TYPES = Set.of("image/jpeg", "image/png", "image/gif", "image/webp");

    private final AttachmentStore attachments;
    private final Verification verification;
    private final MediaStore store;
    private final UserStore users;
    private final Removals removals;
    private final int bytesMax;

    @Inject
    public Avatars(
            AttachmentStore attachments,
            Verification verification,
            MediaStore store,
            UserStore users,
            Removals removals,
            ChatConfig config) {
        this.attachments = attachments;
        this.verification = verification;
        this.store = store;
        this.users = users;
        this.removals = removals;
        this.bytesMax = (int) Math.min(BYTES_MAX, config.media().maxObjectBytes());
    }

    /** @throws ChatException {@code invalid} or {@code too_large} naming the field */
    void requireAllowed(String contentType, long bytes) {
        if (!TYPES.contains(contentType)) {
            throw new ChatException(ErrorCode.INVALID, "contentType: is not that of a picture for a profile");
        }
        if (bytes > bytesMax) {
            throw new ChatException(ErrorCode.TOO_LARGE, "bytes: must not be over " + bytesMax);
        }
    }

    @Override
    public void require(UserId me, String attachment) {
        store.requireSupported();
        MediaAttachment known = AttachmentId.parse(attachment)
                .flatMap(attachments::find)
                .filter(found ->
                        isAvatar(found.upload()) && found.upload().owner().equals(me))
                .orElseThrow(() -> invalid("is not a picture that you uploaded for your profile"));
        MediaAttachment.Verified verified = switch (known) {
            case MediaAttachment.Verified seen -> seen;
            case MediaAttachment.Pending pending ->
                verification.check(pending.upload()).get().attachment();
        };
        @Nullable Picture picture = verified.picture();
        if (picture == null) {
            throw invalid("cannot be shown as a picture");
        }
    }

    @Override
    public void remove(String attachment) {
        try {
            removals.remove(PLACE, List.of(attachment));
        } catch (ChatException e) {
            LOG.warnf(
                    "The picture %s, which its owner shows no longer, stays in the store: %s",
                    attachment, e.getMessage());
        }
    }

    static boolean isAvatar(Upload upload) {
        return upload.room().equals(PLACE);
    }

    /** Whether its owner shows the picture now: everybody who is signed in may see it then, and else nobody. */
    boolean shown(Upload upload) {
        return users.profile(upload.owner())
                .filter(profile -> upload.id().value().equals(profile.avatar()))
                .isPresent();
    }

    private static ChatException invalid(String why) {
        return new ChatException(ErrorCode.INVALID, "avatar: " + why);
    }
}
