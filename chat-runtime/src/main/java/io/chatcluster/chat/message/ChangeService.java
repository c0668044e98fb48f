package io.chatcluster.chat.message;

import io.chatcluster.chat.operations.ChatConfig;
import io.chatcluster.chat.protocol.ChatException;
import io.chatcluster.chat.protocol.ErrorCode;
import io.chatcluster.chat.protocol.TextRule;
import io.chatcluster.chat.room.Grant;
import io.chatcluster.chat.room.Permission;
import io.chatcluster.chat.room.RoomAccess;
import io.chatcluster.chat.room.RoomId;
import io.chatcluster.chat.room.UserId;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/**
 * Messages as users change them. Every method authorises and looks at the message (blocks: call on a virtual thread),
 * enqueues the event, and completes after the commit with the event's sequence, or that of the earlier event since which
 * things are as asked. A {@link ChatException} says {@code not_found} where there is no such message, {@code conflict}
 * where it cannot take the change any more.
 */
@ApplicationScoped
public class ChangeService {

    /** The longest emoji there are, families with skin tones, have fewer. */
    static final int EMOJI_LENGTH_MAX = 32;

    private final RoomAccess access;
    private final RoomWriters writers;
    private final History history;
    private final Folds folds;
    private final MessageLimits limits;
    private final int messageBytesMax;

    @Inject
    public ChangeService(
            RoomAccess access,
            RoomWriters writers,
            History history,
            Folds folds,
            MessageLimits limits,
            ChatConfig config) {
        this.access = access;
        this.writers = writers;
        this.history = history;
        this.folds = folds;
        this.limits = limits;
        this.messageBytesMax = config.limits().messageBytesMax();
    }

    /** Gives the user's own message another text; one that has attachments may lose its text. */
    public CompletionStage<Long> edit(UserId me, RoomId room, long seq, String text) {
        if (TextRule.blank(text)) {
            throw new ChatException(ErrorCode.INVALID, "text: must not be blank; delete the message instead");
        }
        if (!TextRule.wellFormed(text)) {
            throw new ChatException(ErrorCode.INVALID, "text: has half of a surrogate pair");
        }
        if (text.getBytes(StandardCharsets.UTF_8).length > messageBytesMax) {
            throw new ChatException(
                    ErrorCode.TOO_LARGE, "text: must not be over " + messageBytesMax + " bytes in UTF-8");
        }
        Grant grant = access.grant(me, room, Permission.SEND);
        Target target = target(room, seq);
        if (!target.author.equals(me)) {
            throw new ChatException(ErrorCode.FORBIDDEN, "only its author may edit a message");
        }
        requirePresent(target);
        return append(grant, room, EventBody.edit(me, seq, text));
    }

    /** Takes the user's own message back, or, for owners and admins, anybody's. */
    public CompletionStage<Long> delete(UserId me, RoomId room, long seq) {
        Grant grant = access.grant(me, room, Permission.SEND);
        Target target = target(room, seq);
        boolean own = target.author.equals(me);
        if (!own && !grant.role().allows(Permission.MANAGE)) {
            throw new ChatException(ErrorCode.FORBIDDEN, "only its author, an owner or an admin may delete a message");
        }
        if (target.state.deleted() > 0) {
            return CompletableFuture.completedStage(target.state.deleted());
        }
        Grant deletion = own ? grant : access.grant(me, room, Permission.MANAGE);
        limits.take(me, room);
        // What was taken back is out of reach by the answer: its files go when it is folded.
        return writers.append(room, EventBody.delete(me, seq), deletion)
                .thenCompose(ack -> folds.foldSoon(room).thenApply(done -> ack.seq()));
    }

    /** Puts the user's reaction on a message, or takes it back. */
    public CompletionStage<Long> react(UserId me, RoomId room, long seq, String emoji, boolean remove) {
        requireEmoji(emoji);
        Grant grant = access.grant(me, room, Permission.SEND);
        MessageState state = target(room, seq).state;
        long present = state.reaction(me, emoji);
        if (remove) {
            return present > 0
                    ? append(grant, room, EventBody.reaction(me, seq, emoji, true))
                    : CompletableFuture.completedStage(Math.max(seq, state.lastChange()));
        }
        if (present > 0) {
            return CompletableFuture.completedStage(present);
        }
        requirePresent(new Target(me, state));
        if (!state.takes(emoji)) {
            throw new ChatException(
                    ErrorCode.CONFLICT,
                    "emoji: the message has the most reactions, " + MessageState.EMOJI_MAX + " different ones and "
                            + MessageState.REACTIONS_MAX + " together");
        }
        return append(grant, room, EventBody.reaction(me, seq, emoji, false));
    }

    /** A message as it is now. */
    private record Target(UserId author, MessageState state) {}

    private Target target(RoomId room, long seq) {
        UserId author = history.event(room, seq)
                .flatMap(event -> EventBody.author(event.body()))
                .orElseThrow(() -> new ChatException(ErrorCode.NOT_FOUND, "no such message"));
        return new Target(author, folds.states(room, seq, seq).getOrDefault(seq, MessageState.unchanged(seq)));
    }

    private static void requirePresent(Target target) {
        if (target.state.deleted() > 0) {
            throw new ChatException(ErrorCode.CONFLICT, "the message is deleted");
        }
    }

    private static void requireEmoji(String emoji) {
        boolean fits = !emoji.isEmpty() && emoji.length() <= EMOJI_LENGTH_MAX;
        if (!fits || !emoji.codePoints().allMatch(ChangeService::visible)) {
            throw new ChatException(
                    ErrorCode.INVALID, "emoji: must have 1 to " + EMOJI_LENGTH_MAX + " visible characters");
        }
    }

    private static boolean visible(int codePoint) {
        return switch (Character.getType(codePoint)) {
            case Character.CONTROL,
                    Character.SURROGATE,
                    Character.SPACE_SEPARATOR,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR -> false;
            default -> true;
        };
    }

    private CompletionStage<Long> append(Grant grant, RoomId room, String body) {
        limits.take(grant.user(), room);
        return writers.append(room, body, grant).thenApply(ack -> {
            var unused = folds.foldSoon(room);
            return ack.seq();
        });
    }
}
