package io.chatcluster.operator.plan;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.security.SecureRandom;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;

/**
 * Replaces the key that signs tokens without refusing anybody. First the chat pods are given the new public key and the back
 * end keeps the old private one; once every pod knows it, the private keys change places; once all tokens that the old key
 * signed have expired, its public key goes.
 */
final class SigningKeyRotation {
    static final String PRIVATE_KEY = "private.pem";
    static final String PUBLIC_KEYS = "jwks.json";
    static final String NEXT_PRIVATE_KEY = "next.pem";

    private static final ObjectMapper JSON = new ObjectMapper();

    private final RotationRequest request;
    private final TakenUp takenUp;
    private final SecureRandom random;

    SigningKeyRotation(RotationRequest request, TakenUp takenUp, SecureRandom random) {
        this.request = request;
        this.takenUp = takenUp;
        this.random = random;
    }

    Rotation step(@Nullable Map<String, String> found) {
        if (found == null) {
            return new Rotation(first(), null);
        }
        var keys = keys(found);
        if (keys.isEmpty() || SecretData.text(found, PRIVATE_KEY) == null) {
            // Somebody spoilt it: a condition says so.
            return new Rotation(found, null);
        }
        var mark = RotationMark.of(found);
        if (SecretData.text(found, NEXT_PRIVATE_KEY) != null) {
            return takeOver(found, keys, Objects.requireNonNullElseGet(mark, request::mark));
        }
        if (keys.size() > 1 && mark != null) {
            return retire(found, keys, mark);
        }
        return request.due(mark) ? publish(found, keys) : new Rotation(found, null);
    }

    private Map<String, String> first() {
        var key = SigningKeys.generate(random);
        var texts = new TreeMap<>(request.mark().data());
        texts.put(PRIVATE_KEY, key.privatePem());
        texts.put(PUBLIC_KEYS, set(Stream.of(key.publicJwk())));
        return SecretData.encode(texts);
    }

    private Rotation publish(Map<String, String> found, List<JsonNode> keys) {
        var next = SigningKeys.generate(random);
        var texts = new TreeMap<>(request.mark().data());
        texts.put(NEXT_PRIVATE_KEY, next.privatePem());
        texts.put(PUBLIC_KEYS, set(Stream.concat(keys.stream().map(JsonNode::toString), Stream.of(next.publicJwk()))));
        return new Rotation(SecretData.with(found, texts), publishing(""));
    }

    private Rotation takeOver(Map<String, String> found, List<JsonNode> keys, RotationMark mark) {
        var next = keys.getLast();
        var id = next.path("kid").asText();
        var progress = publishing(id + " ") + queued(mark);
        if (!takenUp.signingKey(id)) {
            return new Rotation(found, progress);
        }
        var texts = new TreeMap<>(new RotationMark(mark.request(), request.now()).data());
        texts.put(PRIVATE_KEY, Objects.requireNonNull(SecretData.text(found, NEXT_PRIVATE_KEY)));
        texts.put(
                PUBLIC_KEYS,
                set(Stream.concat(Stream.of(next), keys.stream().limit(keys.size() - 1L))
                        .map(JsonNode::toString)));
        var data = SecretData.with(found, texts);
        data.remove(NEXT_PRIVATE_KEY);
        return new Rotation(data, progress);
    }

    private Rotation retire(Map<String, String> found, List<JsonNode> keys, RotationMark mark) {
        if (mark.since().plus(request.overlap()).isAfter(request.now())) {
            return new Rotation(found, retiring(mark) + queued(mark));
        }
        var current = Stream.of(keys.getFirst().toString());
        return new Rotation(SecretData.with(found, Map.of(PUBLIC_KEYS, set(current))), null);
    }

    /** @param id that of the key, and a space, once the Secret holds it: until it can be written, each visit makes another */
    private static String publishing(String id) {
        return "The new signing key %stakes over as soon as every chat pod accepts its tokens.".formatted(id);
    }

    /** There are two keys at most, so that tokens of the former one are accepted for as long as was said. */
    private String queued(RotationMark mark) {
        return request.due(mark)
                ? " Another rotation is due: it begins when tokens of the former one are no longer accepted."
                : "";
    }

    private String retiring(RotationMark mark) {
        return "The new signing key signs; tokens of the former one are accepted until %s."
                .formatted(mark.since().plus(request.overlap()));
    }

    /** The public keys, that of the private key first; none where the text is not a set of keys. */
    private static List<JsonNode> keys(Map<String, String> data) {
        var text = SecretData.text(data, PUBLIC_KEYS);
        try {
            var keys = JSON.readTree(text == null ? "" : text).path("keys");
            return StreamSupport.stream(keys.spliterator(), false).toList();
        } catch (JsonProcessingException spoilt) {
            return List.of();
        }
    }

    private static String set(Stream<String> keys) {
        return keys.collect(Collectors.joining(",", "{\"keys\":[", "]}"));
    }
}
