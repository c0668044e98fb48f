package io.chatcluster.chat.room;

/** The alphabet that identifiers share: it is safe in JSON strings, log lines and Redis channel names unescaped. */
final class Identifiers {

    private Identifiers() {}

    static boolean printable(String value, int lengthMax) {
        return !value.isEmpty()
                && value.length() <= lengthMax
                && value.chars().allMatch(c -> c > ' ' && c < 0x7f && c != '"' && c != '\\');
    }
}
