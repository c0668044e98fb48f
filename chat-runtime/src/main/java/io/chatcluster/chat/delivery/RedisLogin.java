package io.chatcluster.chat.delivery;

/**
 * Who a pod is to Redis.
 *
 * @param user empty for the default user
 * @param password empty where none is asked for
 */
record RedisLogin(String user, String password) {

    static final RedisLogin NONE = new RedisLogin("", "");

    /** What Redis calls the user. */
    String name() {
        return user.isEmpty() ? "default" : user;
    }

    /** Without the password, which therefore cannot reach a log. */
    @Override
    public String toString() {
        return name();
    }
}
