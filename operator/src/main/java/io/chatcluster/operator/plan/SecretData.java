package io.chatcluster.operator.plan;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The texts in a Secret, which Kubernetes keeps in base64. */
final class SecretData {
    private SecretData() {}

    static Map<String, String> encode(Map<String, String> texts) {
        var data = new TreeMap<String, String>();
        texts.forEach((key, text) ->
                data.put(key, Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8))));
        return data;
    }

    /** A text; absent where there is none, or an empty one. */
    static @Nullable String text(Map<String, String> data, String key) {
        var value = data.get(key);
        var text = value == null ? "" : new String(Base64.getDecoder().decode(value), StandardCharsets.UTF_8);
        return text.isEmpty() ? null : text;
    }

    /** The same Secret with some texts in place of others. */
    static Map<String, String> with(Map<String, String> data, Map<String, String> texts) {
        var changed = new TreeMap<>(data);
        changed.putAll(encode(texts));
        return changed;
    }
}
