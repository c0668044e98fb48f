package io.chatcluster.chat.operations;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import jakarta.validation.Valid;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotEmpty;
import jakarta.validation.constraints.Pattern;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** What the pod is told when it starts: validated once, and a wrong value's error names its key. */
@ConfigMapping(prefix = "chat")
public interface ChatConfig {

    /** The ChatCluster's name. */
    @WithDefault("chat")
    String cluster();

    /** The namespace it runs in. */
    @WithDefault("default")
    String namespace();

    /** This pod's name. */
    String pod();

    @Valid
    DynamoDb dynamodb();

    Aws aws();

    @Valid
    Redis redis();

    @Valid
    Auth auth();

    @Valid
    Limits limits();

    Drain drain();

    /** Origins, besides the service's own, whose pages may connect; {@code *} allows all. */
    Optional<List<String>> allowedOrigins();

    /** The tables. */
    interface DynamoDb {

        String region();

        /** Another address than the region's own. */
        Optional<URI> endpoint();

        /** What table names begin with; the tables are {@code messages}, {@code rooms} and {@code members}. */
        @Pattern(regexp = "[A-Za-z0-9_.-]{0,200}")
        String tablePrefix();

        /** After how many days a room's events are forgotten; absent means never. */
        Optional<@Min(1) @Max(36_500) Integer> historyRetentionDays();
    }

    /** Who the pod is to AWS. */
    interface Aws {

        /**
         * A directory with the files {@code aws_access_key_id} and {@code aws_secret_access_key}, read again as they
         * change; absent means the default provider chain.
         */
        Optional<Path> credentialsDirectory();
    }

    /** The fan-out tier. */
    interface Redis {

        /** {@code host:port} of every shard; the same list, in any order, on every pod. */
        @NotEmpty
        List<@Pattern(regexp = "[^\\s:/]+:[0-9]{1,5}") String> shards();

        /** A file with the password, read again for each connection. */
        Optional<Path> passwordFile();

        @WithDefault("false")
        boolean tls();
    }

    /** Whose tokens are accepted. */
    interface Auth {

        String issuer();

        @WithDefault("chat")
        String audience();

        /** The public keys that sign tokens, a JWK set, read again as it changes. */
        Path jwksFile();
    }

    /** What one user or connection may use. */
    interface Limits {

        /** UTF-8 bytes of a message's text. */
        @WithDefault("65536")
        @Min(1)
        @Max(131_072)
        int messageBytesMax();

        @WithDefault("10000")
        @Min(2)
        int roomMembersMax();

        /** Messages per second, for a connection and for all that one user does on a pod. */
        @WithDefault("20")
        @Min(1)
        @Max(1_000_000)
        int messagesPerSecond();

        /** Messages per second, room and pod. */
        @WithDefault("2000")
        @Min(1)
        @Max(1_000_000)
        int roomMessagesPerSecond();

        @WithDefault("20")
        @Min(1)
        int connectionsPerUser();
    }

    /** How the pod goes away. */
    interface Drain {

        /** From the signal to the exit, at most. */
        @WithDefault("30s")
        Duration timeout();
    }
}
