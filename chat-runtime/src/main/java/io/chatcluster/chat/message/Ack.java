package io.chatcluster.chat.message;

/**
 * The committed place of a message.
 *
 * @param time epoch milliseconds
 * @param duplicate the message had been committed before, under this same sequence
 */
public record Ack(long seq, long time, boolean duplicate) {}
