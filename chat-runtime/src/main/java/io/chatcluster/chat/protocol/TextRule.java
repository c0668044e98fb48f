package io.chatcluster.chat.protocol;

/** What text from clients must be like, however it comes. */
public final class TextRule {

    private TextRule() {}

    /** Whether every surrogate has its other half: UTF-8 has no form for one alone, so it would not come back as it was. */
    public static boolean wellFormed(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (Character.isSurrogate(text.charAt(i))) {
                if (!Character.isHighSurrogate(text.charAt(i))
                        || i + 1 == text.length()
                        || !Character.isLowSurrogate(text.charAt(i + 1))) {
                    return false;
                }
                i++;
            }
        }
        return true;
    }

    /** Whether there is nothing to see: spaces, control characters and characters without width only. */
    public static boolean blank(String text) {
        return text.codePoints().allMatch(TextRule::invisible);
    }

    private static boolean invisible(int codePoint) {
        return switch (Character.getType(codePoint)) {
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.SPACE_SEPARATOR,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR -> true;
            default -> false;
        };
    }

    /** Whether it fits on a line as somebody's or something's name. */
    public static boolean name(String text, int lengthMax) {
        return text.length() <= lengthMax
                && !blank(text)
                && wellFormed(text)
                && text.codePoints().noneMatch(TextRule::breaksLine);
    }

    private static boolean breaksLine(int codePoint) {
        return switch (Character.getType(codePoint)) {
            case Character.CONTROL, Character.LINE_SEPARATOR, Character.PARAGRAPH_SEPARATOR -> true;
            default -> false;
        };
    }
}
