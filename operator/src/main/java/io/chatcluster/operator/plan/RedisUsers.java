package io.chatcluster.operator.plan;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Who may do what at a Redis server, and how the password changes without a pause: there are two users for chat pods, of
 * which one is let in. While the password changes both are, and a chat pod is the newer one wherever the server knows it
 * already; the former is shut out once every pod is the newer one.
 */
final class RedisUsers {
    /** For chat pods: a line {@code user password} for each user, newest first. */
    static final String CREDENTIALS = "credentials";

    /** For the server's own pod: the password of the user who gives it new users and certificates. */
    static final String ADMINISTRATOR = "administrator";

    /** For the server: its users, as lines of its configuration. It holds digests of passwords only. */
    static final String USERS = "users.conf";

    /** What a Secret has that an operator made which knew of one user only. */
    private static final String FORMER_PASSWORD = "password";

    /** The two names of chat pods. */
    static final List<String> NAMES = List.of("chat-a", "chat-b");

    /** Exactly what chat pods do: a test compares it with what they ask of a server. */
    private static final String RIGHTS =
            "~presence:* &room:* &user:* &presence:* &canary:* +echo +subscribe +unsubscribe +publish +hset +pexpire +hgetall +hdel";

    private static final String ADMINISTRATION = "+acl|setuser +config|set";
    private static final int PASSWORD_BYTES = 32;

    private final RotationRequest request;
    private final TakenUp takenUp;
    private final SecureRandom random;

    RedisUsers(RotationRequest request, TakenUp takenUp, SecureRandom random) {
        this.request = request;
        this.takenUp = takenUp;
        this.random = random;
    }

    private record Login(String user, String password) {
        static Login of(String line) {
            var parts = line.strip().split(" +", 2);
            return new Login(parts[0], parts.length == 2 ? parts[1] : "");
        }

        String line() {
            return user + " " + password + "\n";
        }

        @Override
        public String toString() {
            return user;
        }
    }

    Rotation step(@Nullable Map<String, String> found) {
        if (found == null) {
            return new Rotation(first(Map.of()), null);
        }
        var credentials = SecretData.text(found, CREDENTIALS);
        var administrator = SecretData.text(found, ADMINISTRATOR);
        if (credentials == null && administrator == null && SecretData.text(found, FORMER_PASSWORD) != null) {
            // Former chat pods go on mounting what they know, until the last of them is replaced.
            return new Rotation(first(found), null);
        }
        if (credentials == null || administrator == null) {
            // Somebody spoilt it: a condition says so.
            return new Rotation(found, null);
        }
        var logins = credentials.lines().map(Login::of).toList();
        var newest = logins.getFirst();
        if (logins.size() > 1) {
            return takenUp.onlyRedisUser(newest.user())
                    ? new Rotation(content(found, List.of(newest)), null)
                    : new Rotation(content(found, logins), changing(newest));
        }
        if (!request.due(RotationMark.of(found))) {
            return new Rotation(content(found, logins), null);
        }
        var next = new Login(NAMES.get(1 - Math.max(0, NAMES.indexOf(newest.user()))), password());
        return new Rotation(
                content(SecretData.with(found, request.mark().data()), List.of(next, newest)), changing(next));
    }

    private Map<String, String> first(Map<String, String> found) {
        var texts = new TreeMap<>(request.mark().data());
        texts.put(ADMINISTRATOR, password());
        return content(SecretData.with(found, texts), List.of(new Login(NAMES.getFirst(), password())));
    }

    private static String changing(Login next) {
        return "Chat pods sign in to Redis anew, as %s; the former password is void as soon as all of them have."
                .formatted(next.user());
    }

    private Map<String, String> content(Map<String, String> data, List<Login> logins) {
        var administrator = Objects.requireNonNull(SecretData.text(data, ADMINISTRATOR));
        return SecretData.with(
                data,
                Map.of(
                        CREDENTIALS, logins.stream().map(Login::line).collect(Collectors.joining()),
                        USERS, users(logins, administrator)));
    }

    /** A user who is not let in has no rights either: who still is connected as such is cut off. */
    private static String users(List<Login> logins, String administrator) {
        var chat = NAMES.stream()
                .map(name -> logins.stream()
                        .filter(login -> login.user().equals(name))
                        .findFirst()
                        .map(login -> "user %s reset on #%s %s".formatted(name, digest(login.password()), RIGHTS))
                        .orElse("user " + name + " reset"));
        return Stream.of(
                        Stream.of("user default reset"),
                        chat,
                        Stream.of(
                                "user administrator reset on #%s %s".formatted(digest(administrator), ADMINISTRATION)))
                .flatMap(lines -> lines)
                .map(line -> line + "\n")
                .collect(Collectors.joining());
    }

    private String password() {
        var bytes = new byte[PASSWORD_BYTES];
        random.nextBytes(bytes);
        return HexFormat.of().formatHex(bytes);
    }

    private static String digest(String password) {
        try {
            return HexFormat.of()
                    .formatHex(MessageDigest.getInstance("SHA-256").digest(password.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
