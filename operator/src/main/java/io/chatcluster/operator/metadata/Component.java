package io.chatcluster.operator.metadata;

/** The parts of a chat service that run as pods. */
public enum Component {
    RUNTIME("runtime", "chat-runtime"),
    REDIS("redis", "redis");

    private final String value;
    private final String application;

    Component(String value, String application) {
        this.value = value;
        this.application = application;
    }

    public String value() {
        return value;
    }

    public String application() {
        return application;
    }
}
