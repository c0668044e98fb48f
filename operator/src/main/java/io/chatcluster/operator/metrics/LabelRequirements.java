package io.chatcluster.operator.metrics;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Reads label selectors as they stand in a request: {@code a=b,c in (d,e),!f}. */
final class LabelRequirements {
    private static final String KEY = "([A-Za-z0-9](?:[A-Za-z0-9._/-]*[A-Za-z0-9])?)";
    private static final String VALUE = "([A-Za-z0-9._-]*)";
    private static final Pattern EQUAL = Pattern.compile(KEY + "\\s*==?\\s*" + VALUE);
    private static final Pattern UNEQUAL = Pattern.compile(KEY + "\\s*!=\\s*" + VALUE);
    private static final Pattern AMONG = Pattern.compile(KEY + "\\s+(in|notin)\\s+\\(([A-Za-z0-9._,\\s-]*)\\)");
    private static final Pattern PRESENT = Pattern.compile("(!?)\\s*" + KEY);

    /** A comma inside of parentheses parts values. */
    private static final Pattern BETWEEN = Pattern.compile(",(?![^(]*\\))");

    private LabelRequirements() {}

    /**
     * Whether labels fit.
     *
     * @param selector empty where all do
     * @throws IllegalArgumentException if it is no selector
     */
    static Predicate<Map<String, String>> of(String selector) {
        List<Predicate<Map<String, String>>> requirements = new ArrayList<>();
        if (!selector.isBlank()) {
            BETWEEN.splitAsStream(selector)
                    .map(part -> requirement(part.strip()))
                    .forEach(requirements::add);
        }
        return labels -> requirements.stream().allMatch(requirement -> requirement.test(labels));
    }

    private static Predicate<Map<String, String>> requirement(String text) {
        var equal = EQUAL.matcher(text);
        if (equal.matches()) {
            return among(equal.group(1), Set.of(equal.group(2)));
        }
        var unequal = UNEQUAL.matcher(text);
        if (unequal.matches()) {
            return among(unequal.group(1), Set.of(unequal.group(2))).negate();
        }
        var among = AMONG.matcher(text);
        if (among.matches()) {
            var values = Arrays.stream(among.group(3).split(",", -1))
                    .map(String::strip)
                    .collect(Collectors.toSet());
            var inside = among(among.group(1), values);
            return among.group(2).equals("in") ? inside : inside.negate();
        }
        var present = PRESENT.matcher(text);
        if (present.matches()) {
            var key = present.group(2);
            return present.group(1).isEmpty() ? labels -> labels.containsKey(key) : labels -> !labels.containsKey(key);
        }
        throw new IllegalArgumentException("\"%s\" is no label selector".formatted(text));
    }

    private static Predicate<Map<String, String>> among(String key, Set<String> values) {
        return labels -> {
            var value = labels.get(key);
            return value != null && values.contains(value);
        };
    }
}
