package io.chatcluster.chat.user;

import io.chatcluster.chat.room.UserId;
import org.jspecify.annotations.Nullable;

/**
 * What a user shows of themselves.
 *
 * @param displayName what people call them; null when they have not said
 * @param avatar the id of the attachment that pictures them; null when there is none
 * @param createdAt when they first signed in, epoch milliseconds
 */
public record UserProfile(
        UserId user, @Nullable String displayName, @Nullable String avatar, long createdAt) {}
