package io.chatcluster.operator.dependent;

import io.chatcluster.operator.plan.ClusterPlan;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.api.model.Volume;
import io.fabric8.kubernetes.api.model.VolumeBuilder;
import io.fabric8.kubernetes.api.model.VolumeMount;
import io.fabric8.kubernetes.api.model.VolumeMountBuilder;
import java.util.ArrayList;
import java.util.List;

/** What a chat pod finds in its file system. Every secret is a file, and only the files that it needs are there. */
final class ChatVolumes {
    private static final int READABLE_BY_GROUP = 0440;

    private ChatVolumes() {}

    static List<Volume> volumes(ClusterPlan plan) {
        var volumes = new ArrayList<Volume>();
        volumes.add(new VolumeBuilder()
                .withName("config")
                .withNewConfigMap()
                .withName(plan.names().chat())
                .endConfigMap()
                .build());
        volumes.add(secret("auth", plan.names().signingKey(), "jwks.json"));
        volumes.add(secret("redis", plan.names().redisAuth(), "password"));
        if (plan.credentialsSecret() != null) {
            volumes.add(secret("aws", plan.credentialsSecret(), "aws_access_key_id", "aws_secret_access_key"));
        }
        volumes.add(new VolumeBuilder()
                .withName("tmp")
                .withNewEmptyDir()
                .withSizeLimit(new Quantity("64Mi"))
                .endEmptyDir()
                .build());
        return volumes;
    }

    static List<VolumeMount> mounts(ClusterPlan plan) {
        var mounts = new ArrayList<VolumeMount>();
        mounts.add(mount("config", "/app/config"));
        mounts.add(mount("auth", "/etc/chatcluster/auth"));
        mounts.add(mount("redis", "/etc/chatcluster/redis"));
        if (plan.credentialsSecret() != null) {
            mounts.add(mount("aws", "/etc/chatcluster/aws"));
        }
        mounts.add(
                new VolumeMountBuilder().withName("tmp").withMountPath("/tmp").build());
        return mounts;
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

    private static VolumeMount mount(String name, String path) {
        return new VolumeMountBuilder()
                .withName(name)
                .withMountPath(path)
                .withReadOnly(true)
                .build();
    }
}
