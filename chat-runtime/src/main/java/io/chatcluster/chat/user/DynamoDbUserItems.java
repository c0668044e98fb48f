package io.chatcluster.chat.user;

import io.chatcluster.chat.room.RoomId;
import io.chatcluster.chat.room.UserId;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * Users as items of the table of memberships, and back. A profile has the user's key and a reserved room of the user's
 * own. A directory entry has a reserved room for the initial of its term, and a key that no user can have, since it begins
 * with a space: the term and the user's id. The table's index by room then holds the entries of an initial in order.
 */
final class DynamoDbUserItems {

    private static final String PROFILE = RoomId.RESERVED_PREFIX + "profile:";
    private static final String DIRECTORY = RoomId.RESERVED_PREFIX + "directory:";
    private static final char SEPARATOR = ' ';

    private DynamoDbUserItems() {}

    static Map<String, AttributeValue> profileKey(UserId user) {
        return key(user.value(), PROFILE + user.value());
    }

    static Map<String, AttributeValue> item(UserProfile profile) {
        Map<String, AttributeValue> item = new HashMap<>(profileKey(profile.user()));
        item.put("createdAt", AttributeValue.fromN(Long.toString(profile.createdAt())));
        if (profile.displayName() != null) {
            item.put("displayName", AttributeValue.fromS(profile.displayName()));
        }
        if (profile.avatar() != null) {
            item.put("avatar", AttributeValue.fromS(profile.avatar()));
        }
        return item;
    }

    static UserProfile profile(Map<String, AttributeValue> item) {
        return new UserProfile(
                new UserId(required(item, "user").s()),
                text(item, "displayName"),
                text(item, "avatar"),
                Long.parseLong(required(item, "createdAt").n()));
    }

    /** What the directory has of a user: the id, and the display name if that is another term. */
    static Set<DirectoryTerm> terms(UserProfile profile) {
        Set<DirectoryTerm> terms = new LinkedHashSet<>();
        terms.add(DirectoryTerm.of(profile.user().value()));
        if (profile.displayName() != null) {
            terms.add(DirectoryTerm.of(profile.displayName()));
        }
        return terms;
    }

    static Map<String, AttributeValue> directoryKey(DirectoryTerm term, UserId user) {
        return key(start(term) + SEPARATOR + user.value(), DIRECTORY + term.initial());
    }

    static AttributeValue directory(DirectoryTerm prefix) {
        return AttributeValue.fromS(DIRECTORY + prefix.initial());
    }

    static AttributeValue beginning(DirectoryTerm prefix) {
        return AttributeValue.fromS(start(prefix));
    }

    /** Where a page ended. */
    static String cursor(Map<String, AttributeValue> entry) {
        return required(entry, "user").s();
    }

    /** The key of an entry as a page that ended there named it; null when no page for this prefix can have. */
    static @Nullable Map<String, AttributeValue> keyOf(String cursor, DirectoryTerm prefix) {
        return cursor.startsWith(start(prefix))
                ? Map.of("user", AttributeValue.fromS(cursor), "room", directory(prefix))
                : null;
    }

    /** Whose entry it is. User ids have no spaces. */
    static UserId user(Map<String, AttributeValue> entry) {
        String key = cursor(entry);
        return new UserId(key.substring(key.lastIndexOf(SEPARATOR) + 1));
    }

    /**
     * Whether a user is found by this entry: by the first of those that begin so, and once. The index may still have one of a name
     * from before, by which nobody is found.
     */
    static boolean leads(Map<String, AttributeValue> entry, UserProfile profile, DirectoryTerm prefix) {
        return terms(profile).stream()
                .filter(prefix::begins)
                .map(term -> cursor(directoryKey(term, profile.user())))
                .min(Comparator.naturalOrder())
                .filter(cursor(entry)::equals)
                .isPresent();
    }

    private static String start(DirectoryTerm term) {
        return SEPARATOR + term.value();
    }

    private static Map<String, AttributeValue> key(String user, String room) {
        return Map.of("user", AttributeValue.fromS(user), "room", AttributeValue.fromS(room));
    }

    private static @Nullable String text(Map<String, AttributeValue> item, String name) {
        AttributeValue value = item.get(name);
        return value == null ? null : value.s();
    }

    private static AttributeValue required(Map<String, AttributeValue> item, String name) {
        AttributeValue value = item.get(name);
        if (value == null) {
            throw new IllegalStateException("a user's item of the members table lacks the attribute " + name);
        }
        return value;
    }
}
