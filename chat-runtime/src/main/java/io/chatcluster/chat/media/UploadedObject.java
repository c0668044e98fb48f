package io.chatcluster.chat.media;

import org.jspecify.annotations.Nullable;

/**
 * An object as the store has it.
 *
 * @param version names its content: another upload to the same place has another version
 */
record UploadedObject(String version, long bytes, @Nullable String contentType) {}
