package io.chatcluster.operator.dependent;

import io.chatcluster.operator.plan.ClusterPlan;
import io.chatcluster.operator.plan.SecretMount;
import io.chatcluster.operator.plan.ShardLists;
import io.chatcluster.operator.rollout.Revision;
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

    static List<Volume> volumes(ClusterPlan plan, String settings) {
        var volumes = new ArrayList<Volume>();
        volumes.add(new VolumeBuilder()
                .withName(Revision.VOLUME)
                // Two sources: the settings never change while a pod runs, and the list of Redis servers may.
                .withNewProjected()
                .addNewSource()
                .withNewConfigMap()
                .withName(settings)
                .addNewItem()
                .withKey(Revision.PROPERTIES)
                .withPath(Revision.PROPERTIES)
                .endItem()
                .endConfigMap()
                .endSource()
                .addNewSource()
                .withNewConfigMap()
                .withName(plan.names().shardLists())
                .addNewItem()
                .withKey(ShardLists.FILE)
                .withPath(ShardLists.FILE)
                .endItem()
                .endConfigMap()
                .endSource()
                .endProjected()
                .build());
        plan.chat().secretMounts().forEach(mount -> volumes.add(secret(mount)));
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
        mounts.add(mount(Revision.VOLUME, ShardLists.DIRECTORY));
        plan.chat()
                .secretMounts()
                .forEach(secret -> mounts.add(mount(secret.directory(), "/etc/chatcluster/" + secret.directory())));
        mounts.add(
                new VolumeMountBuilder().withName("tmp").withMountPath("/tmp").build());
        return mounts;
    }

    private static Volume secret(SecretMount mount) {
        var volume = new VolumeBuilder()
                .withName(mount.directory())
                .withNewSecret()
                .withSecretName(mount.secret())
                .withDefaultMode(READABLE_BY_GROUP);
        for (var key : mount.keys()) {
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
