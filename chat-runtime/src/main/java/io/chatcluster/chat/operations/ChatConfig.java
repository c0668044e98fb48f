package io.chatcluster.chat.operations;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import jakarta.validation.Valid;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotEmpty;
import jakarta.validation.constraints.Pattern;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

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
    Media media();

    @Valid
    Limits limits();

    Drain drain();

    /** Origins, besides the service's own, whose pages may connect; {@code *} allows all. */
    Optional<List<@Pattern(regexp = "\\*|https?://[^/\\s]+") String>> allowedOrigins();

    /** Where the application's back end hears of what was committed. */
    Optional<Webhook> webhook();

    /** Whether there are traces; {@code quarkus.otel.*} says how many and where they go. */
    @WithDefault("false")
    boolean traces();

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
        Optional<List<@Pattern(regexp = "[^\\s:/]+:[0-9]{1,5}") String>> shards();

        /**
         * In place of the list, a file that is read again as it changes: a line with all shards, separated by spaces or,
         * while shards come and go, a line with the former and one with the new ones.
         */
        Optional<Path> shardsFile();

        /**
         * A file with a line {@code user password} for each user to be at the servers, newest first: the pod is the first
         * that a server knows. In place of the two files below. All files are read again as they change, and connections
         * renewed one by one.
         */
        Optional<Path> credentialsFile();

        /** A file with the user to be at the servers; absent means the default user. */
        Optional<Path> usernameFile();

        /** A file with the password. */
        Optional<Path> passwordFile();

        @WithDefault("false")
        boolean tls();

        /** A PEM file with the authority that signed the servers' certificates; absent means the system's own. */
        Optional<Path> caFile();
    }

    /** Whose tokens are accepted: of the application's back end with {@code jwks-file}, else of an OpenID Connect issuer. */
    interface Auth {

        /** The {@code iss} of tokens; without {@code jwks-file} also the address at which its metadata is found. */
        @Pattern(regexp = "https?://[^/\\s<>\"{}|^]+(/[^\\s<>\"{}|^]*)?")
        String issuer();

        @WithDefault("chat")
        @NotBlank
        String audience();

        /** The public keys that sign tokens, a JWK set, read again as it changes. */
        Optional<Path> jwksFile();

        /** The issuer's keys, where they are not to be found by discovery. */
        Optional<URI> jwksUri();

        /** The claim of the issuer's tokens that holds the user's id. */
        @WithDefault("sub")
        @NotBlank
        String userClaim();

        /** The only algorithms the issuer's tokens may be signed with; symmetric ones and none cannot be chosen. */
        @WithDefault("RS256,ES256")
        @NotEmpty
        List<@Pattern(regexp = "(RS|PS|ES)(256|384|512)|EdDSA") String> algorithms();

        /** The web page's client id at the issuer. */
        Optional<String> webClientId();

        /** What the web page asks the issuer for, separated by spaces. */
        @WithDefault("openid")
        String webScopes();

        /** Where the web page gets a token for a user who is signed in to the application: see {@code /config.json}. */
        Optional<URI> tokenUrl();
    }

    /** Where attachments are kept. */
    interface Media {

        /** Absent means that there are no attachments. */
        Optional<@Pattern(regexp = "[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]") String> bucket();

        /** Absent means the tables' region. */
        Optional<String> region();

        /** Another address than the region's own, under which buckets are folders. */
        Optional<URI> endpoint();

        /** The address under which clients reach the store, where it is not {@link #endpoint}. */
        Optional<URI> publicEndpoint();

        /** Bytes of one attachment; a store takes at most 5 GiB at once. */
        @WithDefault("104857600")
        @Min(1)
        @Max(5_368_709_120L)
        long maxObjectBytes();

        /** Media types in lower case, without parameters, also as browsers name them. What could run scripts is never shown inline, even if listed. */
        @WithDefault("image/jpeg,image/png,image/gif,image/webp,image/avif,image/heic,image/heif,"
                + "video/mp4,video/quicktime,video/webm,"
                + "audio/mpeg,audio/mp4,audio/x-m4a,audio/aac,audio/ogg,audio/webm,audio/wav,audio/flac,"
                + "application/pdf,text/plain,application/zip,application/x-zip-compressed,"
                + "application/msword,application/vnd.ms-excel,application/vnd.ms-powerpoint,"
                + "application/vnd.openxmlformats-officedocument.wordprocessingml.document,"
                + "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet,"
                + "application/vnd.openxmlformats-officedocument.presentationml.presentation,"
                + "application/vnd.oasis.opendocument.text,application/vnd.oasis.opendocument.spreadsheet,"
                + "application/vnd.oasis.opendocument.presentation")
        @NotEmpty
        List<@Pattern(regexp = "[a-z0-9.+-]{1,100}/[a-z0-9.+-]{1,100}") String> allowedContentTypes();

        /** Uploads that one user may announce in a minute, on one pod. */
        @WithDefault("60")
        @Min(1)
        int uploadsPerMinute();
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

        /** Rooms whose events are pushed to one connection. */
        @WithDefault("1000")
        @Min(1)
        @Max(10_000)
        int roomsPerConnection();

        /** Sockets of one pod; absent means as many as there is memory for. */
        OptionalInt connectionsMax();
    }

    /** The application's back end. */
    interface Webhook {

        /** What events are posted to. */
        URI url();

        /** The file with the secret that requests are signed with, read again for each. */
        Path secretFile();
    }

    /** How the pod goes away. */
    interface Drain {

        /** From the signal to the exit, at most. */
        @WithDefault("30s")
        Duration timeout();
    }
}
