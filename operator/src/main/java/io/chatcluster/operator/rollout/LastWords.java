package io.chatcluster.operator.rollout;

import io.fabric8.kubernetes.api.model.ContainerStateTerminated;
import java.util.List;
import java.util.Objects;

/** Why a container ended, in one line. Of a log's end that is, in Java, the innermost cause. */
final class LastWords {
    private static final int LENGTH_MAX = 300;

    private LastWords() {}

    static String of(ContainerStateTerminated end) {
        var message = Objects.requireNonNullElse(end.getMessage(), "");
        var lines = message.lines()
                .map(String::strip)
                .filter(line -> !line.isEmpty())
                .toList();
        var telling = last(lines, "Caused by:", last(lines, "Exception", last(lines, "", "")));
        var how = "exit code %d".formatted(end.getExitCode());
        if (end.getReason() != null && !end.getReason().equals("Error")) {
            how += " (%s)".formatted(end.getReason());
        }
        return telling.isEmpty() ? how : how + ": " + shortened(telling);
    }

    private static String last(List<String> lines, String word, String otherwise) {
        return lines.reversed().stream()
                .filter(line -> line.contains(word))
                .findFirst()
                .orElse(otherwise);
    }

    private static String shortened(String line) {
        return line.length() > LENGTH_MAX ? line.substring(0, LENGTH_MAX) + "…" : line;
    }
}
