package io.chatcluster.operator.dependent;

import io.chatcluster.operator.plan.ClusterPlan;
import io.chatcluster.operator.plan.RedisServers;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.ContainerBuilder;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.api.model.ResourceRequirementsBuilder;
import io.fabric8.kubernetes.api.model.Volume;
import io.fabric8.kubernetes.api.model.VolumeBuilder;
import io.fabric8.kubernetes.api.model.VolumeMount;
import io.fabric8.kubernetes.api.model.VolumeMountBuilder;
import java.util.List;

/**
 * Lets a Redis server take new users and certificates while it runs. A container beside it looks at the mounted files and
 * gives them to the server over a socket that only this pod has. The alternatives are worse: ACL LOAD cuts off every client
 * of Redis 7.0, to run commands in pods the operator would need the right to run any, and to connect itself it would need a
 * way into every tenant's network.
 */
final class RedisReload {
    private static final String USERS = "/etc/chatcluster/redis";
    private static final String CERTIFICATE = "/etc/chatcluster/redis-tls";
    private static final String SOCKET = "/tmp/redis.sock";
    private static final int READABLE_BY_GROUP = 0440;

    /** Takes only OK for an answer, and tries again in a moment otherwise. No secret is an argument of a program. */
    private static final String TEMPLATE = """
            give() {
              { echo "AUTH administrator $(cat USERS/administrator)"
                sed 's/^user /ACL SETUSER /' USERS/users.conf
                echo 'CONFIG SET tls-cert-file TLS/tls.crt tls-key-file TLS/tls.key'
              } | redis-cli -s SOCKET 2>&1 | grep -v -e '^OK$' -e '^$' >/tmp/answer
              [ ! -s /tmp/answer ] || { cat /tmp/answer; return 1; }
            }
            given=
            while :; do
              found=$(cat USERS/users.conf TLS/tls.crt)
              if [ "$found" != "$given" ] && give; then
                given=$found
                echo "the server took the users and the certificate"
              fi
              sleep 2
            done
            """;

    static final String SCRIPT = TEMPLATE.replace("USERS/", USERS + "/")
            .replace("TLS/", CERTIFICATE + "/")
            .replace("SOCKET", SOCKET);

    private RedisReload() {}

    /** The server's configuration: no persistence, TLS only, and users from the mounted file. */
    static List<String> serverArguments() {
        return List.of(
                "--include",
                USERS + "/users.conf",
                "--bind",
                "*",
                "-::*",
                "--port",
                "0",
                "--tls-port",
                Integer.toString(RedisStatefulSet.PORT),
                "--tls-cert-file",
                CERTIFICATE + "/tls.crt",
                "--tls-key-file",
                CERTIFICATE + "/tls.key",
                "--tls-auth-clients",
                "no",
                "--unixsocket",
                SOCKET,
                "--unixsocketperm",
                "700",
                "--dir",
                "/tmp",
                "--save",
                "",
                "--client-output-buffer-limit",
                "pubsub",
                "32mb",
                "8mb",
                "60");
    }

    static Container of(RedisServers tier) {
        return new ContainerBuilder()
                .withName("reload")
                .withImage(tier.image())
                .withImagePullPolicy("IfNotPresent")
                .withCommand("sh", "-c", SCRIPT)
                .withResources(new ResourceRequirementsBuilder()
                        .addToRequests("cpu", new Quantity("5m"))
                        .addToRequests("memory", new Quantity("8Mi"))
                        .addToLimits("memory", new Quantity("32Mi"))
                        .build())
                .withSecurityContext(PodSecurity.container())
                .withVolumeMounts(mounts())
                .build();
    }

    static List<VolumeMount> mounts() {
        return List.of(
                mount("users", USERS, true), mount("certificate", CERTIFICATE, true), mount("tmp", "/tmp", false));
    }

    static Volume[] volumes(ClusterPlan plan) {
        return new Volume[] {
            secret("users", plan.names().redisAuth(), "users.conf", "administrator"),
            secret("certificate", plan.names().redisTls(), "tls.crt", "tls.key")
        };
    }

    private static Volume secret(String name, String secret, String... keys) {
        var volume = new VolumeBuilder()
                .withName(name)
                .withNewSecret()
                .withSecretName(secret)
                .withDefaultMode(READABLE_BY_GROUP);
        for (var key : keys) {
            volume = volume.addNewItem().withKey(key).withPath(key).endItem();
        }
        return volume.endSecret().build();
    }

    private static VolumeMount mount(String name, String path, boolean readOnly) {
        return new VolumeMountBuilder()
                .withName(name)
                .withMountPath(path)
                .withReadOnly(readOnly ? true : null)
                .build();
    }
}
