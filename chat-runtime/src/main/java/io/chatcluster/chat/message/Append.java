package io.chatcluster.chat.message;

/** What became of a batch that was to be appended. */
public sealed interface Append {

    /** It is in the log, for good. */
    record Committed() implements Append {}

    /** It is not in the log and never will be: another writer's batch has its place. */
    record Lost(Batch winner) implements Append {}
}
