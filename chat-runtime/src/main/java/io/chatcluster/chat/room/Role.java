package io.chatcluster.chat.room;

import java.util.EnumSet;
import java.util.Set;

/** What a member may do in a room, most powerful first. */
public enum Role {
    OWNER(EnumSet.allOf(Permission.class)),
    ADMIN(EnumSet.of(Permission.READ, Permission.SEND, Permission.MANAGE)),
    MEMBER(EnumSet.of(Permission.READ, Permission.SEND)),
    READONLY(EnumSet.of(Permission.READ));

    private final Set<Permission> permissions;

    Role(Set<Permission> permissions) {
        this.permissions = permissions;
    }

    public boolean allows(Permission permission) {
        return permissions.contains(permission);
    }
}
