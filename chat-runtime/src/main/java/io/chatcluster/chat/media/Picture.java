package io.chatcluster.chat.media;

import org.jspecify.annotations.Nullable;

/**
 * What a client shows of a picture before it has it.
 *
 * @param width pixels, as shown: after the turn that the camera noted
 * @param height pixels, as shown
 * @param preview a {@code data:} URI of at most {@link #PREVIEW_LENGTH_MAX} characters; null where none could be made
 */
public record Picture(int width, int height, @Nullable String preview) {

    public static final int PREVIEW_LENGTH_MAX = 1_500;
}
