package io.chatcluster.chat.user;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A page of the users that a query found.
 *
 * @param next asks for the page after this one; null when this is the last
 */
public record UserPage(List<UserProfile> users, @Nullable String next) {}
