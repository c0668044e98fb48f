package io.chatcluster.operator.plan;

import java.util.List;

/**
 * Keys of a Secret that chat pods find as files in {@code /etc/chatcluster/<directory>}.
 *
 * @param directory also the name of the volume
 */
public record SecretMount(String directory, String secret, List<String> keys) {

    /** Where the file of a key is. */
    public static String path(String directory, String key) {
        return "/etc/chatcluster/" + directory + "/" + key;
    }
}
