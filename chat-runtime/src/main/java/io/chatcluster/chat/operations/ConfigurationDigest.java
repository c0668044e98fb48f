package io.chatcluster.chat.operations;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;
import org.eclipse.microprofile.config.Config;
import org.eclipse.microprofile.config.ConfigProvider;

/** Names the configuration a pod runs with: pods with the same settings have the same digest. */
final class ConfigurationDigest {

    private static final int DIGITS = 16;

    private ConfigurationDigest() {}

    static String ofRunning() {
        Config config = ConfigProvider.getConfig();
        String settings = StreamSupport.stream(config.getPropertyNames().spliterator(), false)
                .filter(name -> name.startsWith("chat.") && !name.equals("chat.pod"))
                .sorted()
                .distinct()
                .map(name ->
                        name + '=' + config.getOptionalValue(name, String.class).orElse(""))
                .collect(Collectors.joining("\n"));
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(settings.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest).substring(0, DIGITS);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
