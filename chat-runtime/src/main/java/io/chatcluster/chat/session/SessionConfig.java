package io.chatcluster.chat.session;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import java.time.Duration;
import org.hibernate.validator.constraints.time.DurationMin;

/** The bounds of one connection. They are the service's own, not the cluster admin's: the defaults fit every cluster. */
@ConfigMapping(prefix = "chat.session")
public interface SessionConfig {

    /** How long a new connection may take to send {@code connect}. */
    @WithDefault("5s")
    @DurationMin(millis = 1)
    Duration connectTimeout();

    /** Before so much silence is over the service pings; after two intervals of it the connection is closed as half-open. */
    @WithDefault("25s")
    @DurationMin(millis = 1)
    Duration pingInterval();

    /** The most bytes of one message; what comes is cut there, and the connection closed. */
    @WithDefault("524288")
    @Min(1)
    @Max(1_048_000)
    int messageBytesMax();

    /** The most characters of text frames that wait to be handled. */
    @WithDefault("1048576")
    @Min(1)
    int inboundCharsMax();

    /** The most text frames that wait to be handled. */
    @WithDefault("1024")
    @Min(1)
    int inboundFramesMax();

    /** The most changes of the user's rooms that wait to be told; who falls behind further begins anew. */
    @WithDefault("20000")
    @Min(1)
    int inboundNoticesMax();

    /** The most characters that wait to be written; a client that reads more slowly is disconnected. */
    @WithDefault("4194304")
    @Min(1)
    int outboundCharsMax();

    /** The most sends of one connection that wait for their commit. */
    @WithDefault("256")
    @Min(1)
    int outstandingSendsMax();

    /** The most characters that wait to be handled before the user is known, {@code connect} included. */
    @WithDefault("131072")
    @Min(1)
    int unauthenticatedCharsMax();

    /**
     * The most sockets of this pod whose user is not known yet, for the next one to be let in. A socket counts once it is
     * open, so those whose handshakes are being answered come on top: {@link #acceptsPerSecond()} bounds them.
     */
    @WithDefault("2000")
    @Min(1)
    int unauthenticatedMax();

    /** How many sockets a second this pod takes in; a second's worth may come at once. */
    @WithDefault("1000")
    @Min(1)
    int acceptsPerSecond();

    /** How many sessions of this pod read the store at once; the others wait for their turn. */
    @WithDefault("48")
    @Min(1)
    int storeTurns();

    /** How many seconds' worth of the rate limit a connection may use at once. */
    @WithDefault("5")
    @Min(1)
    int burstSeconds();
}
